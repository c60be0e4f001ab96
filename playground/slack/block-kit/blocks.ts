import { list, records } from '../json.ts'
import {
  anything,
  byType,
  type Check,
  flag,
  integer,
  listOf,
  may,
  need,
  number,
  oneOf,
  shape,
  type Shape,
  text,
} from './checks.ts'
import {
  anyText,
  id,
  image,
  imageSource,
  mrkdwn,
  oneImageSource,
  plainText,
  url,
} from './composition.ts'
import { elements } from './elements.ts'
import { limits } from './limits.ts'
import { richText, richTextElements } from './rich-text.ts'
import type { Surface } from '../types.ts'

type Shapes = Readonly<Record<string, Check>>
const elementTypes = Object.keys(elements)

/** The elements that a slot takes, of those that exist. */
function slot(...types: readonly string[]): Check {
  return byType(Object.fromEntries(types.map((type) => [type, elements[type] ?? anything])), [
    ...elementTypes,
    'plain_text',
    'mrkdwn',
  ])
}

const selects = ['static', 'external', 'users', 'conversations', 'channels'].flatMap((kind) => [
  `${kind}_select`,
  `multi_${kind}_select`,
])
const pickers = ['datepicker', 'timepicker', 'checkboxes', 'radio_buttons']
const inAccessory = slot('button', 'workflow_button', 'overflow', 'image', ...selects, ...pickers)
const inActions = slot(
  'button',
  'workflow_button',
  'overflow',
  'datetimepicker',
  'rich_text_input',
  ...selects,
  ...pickers,
)
const inInput = slot(
  'plain_text_input',
  'number_input',
  'email_text_input',
  'url_text_input',
  'rich_text_input',
  'file_input',
  'datetimepicker',
  ...selects,
  ...pickers,
)
const inContext: Check = byType(
  { image, plain_text: anyText(limits.text), mrkdwn: anyText(limits.text) },
  elementTypes,
)

const cell = byType({
  raw_text: shape({ text: need(text(limits.dataTableText)) }),
  raw_number: shape({ value: need(number), text: need(text(limits.dataTableText)) }),
  rich_text: richText,
})
const rows = (max: number, min: number) => need(listOf(listOf(cell, limits.tableColumns), max, min))

const common: Shape = { block_id: may(id) }
const of = (members: Shape, ...rules: Parameters<typeof shape>[1][]): Check =>
  shape({ ...common, ...members }, ...rules)

const card = of({
  hero_image: may(image),
  icon: may(image),
  title: may(mrkdwn(limits.cardTitle)),
  subtitle: may(mrkdwn(limits.cardTitle)),
  body: may(mrkdwn(limits.cardBody)),
  actions: may(listOf(slot('button'), limits.cardButtons)),
})
const taskCard = of({
  task_id: need(id),
  title: need(text(limits.text)),
  details: may(richText),
  output: may(richText),
  sources: may(listOf(anything, 100)),
  status: need(oneOf('pending', 'in_progress', 'complete', 'error')),
})

const plainBlocks: Shapes = {
  actions: of({ elements: need(listOf(inActions, limits.actionsElements)) }),
  alert: of({
    text: need(anyText(limits.alert)),
    level: may(oneOf('default', 'info', 'warning', 'error', 'success')),
  }),
  card,
  carousel: of({ elements: need(listOf(byType({ card }), limits.carousel)) }),
  context: of({ elements: need(listOf(inContext, limits.contextElements)) }),
  context_actions: of({
    elements: need(listOf(slot('feedback_buttons', 'icon_button'), limits.contextActions)),
  }),
  data_table: of(
    {
      rows: rows(limits.dataTableRows, 2),
      caption: need(text(limits.text)),
      page_size: may(integer(1, limits.dataTablePage)),
      row_header_column_index: may(integer(0, limits.tableColumns - 1)),
    },
    (value, at, report) => {
      if (new Set(list(value['rows']).map((row) => list(row).length)).size > 1)
        report(`${at}/rows`, 'failed_constraint', 'all rows must have the same number of cells')
    },
  ),
  divider: of({}),
  header: of({ text: need(plainText(limits.header)) }),
  image: of({ ...imageSource, title: may(plainText(limits.label)) }, oneImageSource),
  input: of({
    label: need(plainText(limits.label)),
    hint: may(plainText(limits.label)),
    optional: may(flag),
    dispatch_action: may(flag),
    element: need(inInput),
  }),
  markdown: of({ text: need(text(limits.markdown)) }),
  rich_text: of({ elements: need(richTextElements) }),
  section: of(
    {
      text: may(anyText(limits.text)),
      fields: may(listOf(anyText(limits.fieldText), limits.fields)),
      accessory: may(inAccessory),
      expand: may(flag),
    },
    (value, at, report) => {
      if (value['text'] === undefined && value['fields'] === undefined)
        report(`${at}/text`, 'missing_field', 'needs text or fields')
    },
  ),
  table: of({
    rows: rows(limits.tableRows, 1),
    column_settings: may(
      listOf(
        shape({ align: may(oneOf('left', 'center', 'right')), is_wrapped: may(flag) }),
        limits.tableColumns,
      ),
    ),
  }),
  task_card: taskCard,
  plan: of({
    title: need(text(limits.text)),
    tasks: may(listOf(byType({ task_card: taskCard }), limits.planTasks, 0)),
  }),
  video: of({
    video_url: need(url),
    thumbnail_url: need(url),
    alt_text: need(text(limits.altText)),
    title: need(plainText(limits.videoTitle)),
    title_url: may(url),
    author_name: may(text(limits.videoName)),
    provider_name: may(text(limits.videoName)),
    provider_icon_url: may(url),
    description: may(plainText(limits.videoTitle)),
  }),
}

const children = [
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
]
const blocks: Shapes = {
  ...plainBlocks,
  container: of(
    {
      title: may(plainText(limits.cardTitle)),
      rich_text_title: may(richText),
      subtitle: may(anyText(limits.cardTitle)),
      child_blocks: need(
        listOf(
          byType(pick(plainBlocks, [...children, 'table', 'video']), Object.keys(plainBlocks)),
          limits.containerChildren,
        ),
      ),
      width: may(oneOf('narrow', 'standard', 'wide', 'full')),
      icon: may(image),
      is_collapsible: may(flag),
      default_collapsed: may(flag),
      has_header_divider: may(flag),
    },
    (value, at, report) => {
      if ((value['title'] === undefined) === (value['rich_text_title'] === undefined))
        report(at, 'failed_constraint', 'needs exactly one of title and rich_text_title')
    },
  ),
}

function pick(from: Shapes, types: readonly string[]): Shapes {
  return Object.fromEntries(types.map((type) => [type, from[type] ?? anything]))
}

/** Which blocks a surface takes (docs.slack.dev, "Available in surfaces" of each block). */
const everywhere = [...children, 'video']
const onMessages = [
  ...everywhere,
  'card',
  'carousel',
  'container',
  'context_actions',
  'data_table',
  'markdown',
  'plan',
  'table',
  'task_card',
]
const types: Readonly<Record<Surface, readonly string[]>> = {
  message: onMessages,
  modal: [...everywhere, 'alert'],
  home: [...everywhere, 'card', 'carousel'],
}

const existing = [...Object.keys(blocks), 'file']

export function blocksOn(surface: Surface): Check {
  return listOf(byType(pick(blocks, types[surface]), existing), limits.blocks[surface], 0)
}

/** All blocks of a payload, those inside containers too. */
export const flattened = (value: unknown): readonly Record<string, unknown>[] =>
  records(value).flatMap((block) => [block, ...records(block['child_blocks'])])
