import { isRecord, type JsonRecord, list, record, records, string } from '../json.ts'
import type { BlockKitFault, Surface } from '../types.ts'
import { blocksOn, flattened } from './blocks.ts'
import { type Check, flag, listOf, may, need, type Report, shape, text } from './checks.ts'
import { option, optionGroup, plainText } from './composition.ts'
import { limits } from './limits.ts'

const surfaces: Readonly<Record<Surface, Check>> = {
  message: blocksOn('message'),
  modal: blocksOn('modal'),
  home: blocksOn('home'),
}

const viewMembers = {
  callback_id: may(text(limits.id, 0)),
  external_id: may(text(limits.id, 0)),
  private_metadata: may(text(limits.privateMetadata, 0)),
}
const title = plainText(limits.viewTitle)

const modal = shape(
  {
    ...viewMembers,
    title: need(title),
    submit: may(title),
    close: may(title),
    clear_on_close: may(flag),
    notify_on_close: may(flag),
    blocks: need(surfaces.modal),
  },
  (view, at, report) => {
    const asks = flattened(view['blocks']).some((block) => block['type'] === 'input')
    if (asks && view['submit'] === undefined)
      report(`${at}/submit`, 'missing_field', 'a modal with input blocks needs submit')
  },
)
const home = shape({ ...viewMembers, blocks: need(surfaces.home) })

/** Elements of a block that carry an action_id. */
function actionsOf(block: JsonRecord): readonly JsonRecord[] {
  return [
    ...records(block['elements']),
    ...records(block['actions']),
    ...[block['element'], block['accessory']].filter(isRecord),
  ]
}

function distinct(ids: readonly (string | undefined)[], say: (id: string) => void): void {
  const seen = new Set<string>()
  for (const id of ids) {
    if (id === undefined || id === '') continue
    if (seen.has(id)) say(id)
    seen.add(id)
  }
}

/** Rules that reach over several blocks. */
function across(value: unknown, at: string, report: Report): void {
  const blocks = flattened(value)
  distinct(
    blocks.map((block) => string(block['block_id'])),
    (id) => report(at, 'failed_constraint', `block_id ${id.slice(0, 60)} is used twice`),
  )
  for (const [index, block] of blocks.entries())
    distinct(
      actionsOf(block).map((element) => string(element['action_id'])),
      (id) =>
        report(`${at}/${index}`, 'failed_constraint', `action_id ${id.slice(0, 60)} is used twice`),
    )
  if (blocks.flatMap(actionsOf).filter((element) => element['focus_on_load'] === true).length > 1)
    report(at, 'failed_constraint', 'only one element may have focus_on_load')
  if (blocks.filter((block) => block['type'] === 'table').length > 1)
    report(at, 'failed_constraint', 'only one table is allowed')
  const markdown = blocks.filter((block) => block['type'] === 'markdown')
  if (
    markdown.reduce((sum, block) => sum + (string(block['text'])?.length ?? 0), 0) > limits.markdown
  )
    report(at, 'failed_constraint', `markdown blocks may hold ${limits.markdown} characters in all`)
}

function validateView(view: unknown, report: Report): void {
  const type = record(view)['type']
  if (type !== 'modal' && type !== 'home')
    return report('/view/type', 'unknown_type', 'a view is a modal or a home')
  const check = type === 'modal' ? modal : home
  check(view, '/view', report)
  across(record(view)['blocks'], '/view/blocks', report)
  if (JSON.stringify(view).length > limits.viewBytes)
    report('/view', 'failed_constraint', `a view may have ${limits.viewBytes} bytes`)
}

/**
 * Faults of a payload as Slack's `blocks.validate` names them; empty when Slack would take it.
 * `surface` defaults to `message`; a view says itself what it is.
 */
export function validateBlockKit(
  payload: { readonly blocks: unknown; readonly surface?: Surface } | { readonly view: unknown },
): BlockKitFault[] {
  const faults: BlockKitFault[] = []
  const report: Report = (pointer, code, message) => faults.push({ pointer, code, message })
  if ('view' in payload) validateView(payload.view, report)
  else {
    surfaces[payload.surface ?? 'message'](payload.blocks, '/blocks', report)
    across(payload.blocks, '/blocks', report)
  }
  return faults
}

/** Faults of the acknowledgement of a block_suggestion. */
export function validateSuggestions(body: unknown): BlockKitFault[] {
  const faults: BlockKitFault[] = []
  const report: Report = (pointer, code, message) => faults.push({ pointer, code, message })
  shape(
    {
      options: may(listOf(option, limits.selectOptions, 0)),
      option_groups: may(listOf(optionGroup, limits.optionGroups, 0)),
    },
    (value, at, say) => {
      if ((value['options'] === undefined) === (value['option_groups'] === undefined))
        say(at, 'failed_constraint', 'needs exactly one of options and option_groups')
      distinct(
        [
          ...list(value['options']),
          ...records(value['option_groups']).flatMap((group) => list(group['options'])),
        ].map((item) => string(record(item)['value'])),
        (id) => say(at, 'failed_constraint', `option value ${id.slice(0, 40)} is offered twice`),
      )
    },
  )(body, '', report)
  return faults
}
