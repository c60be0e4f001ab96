import { linesOf } from '../../../playground/reading.ts'
import type { Actor, Reply, ViewState } from '../../../playground/slack/types.ts'
import type { Firm } from '../approvals/firm.ts'
import { openFirm } from '../approvals/firm.ts'
import type { FirmOptions } from '../approvals/firm.ts'

/** Support does everything with users; leads see no personal data. */
const RULES = `
@id("support-does-more")
permit (
  principal in Group::"support",
  action in [Action::"support", Action::"change", Action::"destroy"],
  resource
);
@id("leads-see-less")
forbid (principal in Group::"support-leads", action == Action::"see-personal-data", resource);
`

export const LEAD = 'U0MARGARET'
export const NOBODY = 'U0MALLORY'

export async function openDesk(options: FirmOptions = {}): Promise<Firm> {
  const limits = '{ per_requester: none, per_pool: none, all: none }'
  return openFirm({ rules: RULES, settings: { limits }, ...options })
}

export const wordsOf = (view: ViewState | undefined): string =>
  linesOf(view?.blocks ?? []).join('\n')

/** What somebody reads after a command that leads to an answer. */
export async function asks({ slack }: Firm, who: Actor, text: string): Promise<string> {
  if (who.view()) await who.close({ all: true })
  await who.slash('/cognito', text)
  const view = await who.waitForView((one) => isAnswer(one), 10_000)
  await slack.until(() => wordsOf(who.view()) !== '')
  return wordsOf(view)
}

const isAnswer = (view: ViewState) =>
  view.blocks.length > 1 || /refused|no such|does not let/.test(wordsOf(view))

/** Opens the form of an operation. */
export async function opens(who: Actor, text: string): Promise<ViewState> {
  if (who.view()) await who.close({ all: true })
  const [operation = ''] = text.split(' ')
  await who.slash('/cognito', text)
  return who.waitForView((view) => view.callback_id === `operation/${operation}`, 10_000)
}

/** Presses the button with this label in the open view. `nth`: of several. */
export async function follows(who: Actor, label: string, nth = 0): Promise<Reply> {
  const buttons = (who.view()?.blocks ?? []).flatMap((block) => [
    ...(Array.isArray(block['elements']) ? (block['elements'] as readonly unknown[]) : []),
    block['accessory'],
  ]) as ({ action_id?: string; text?: { text?: string } } | undefined)[]
  const matching = buttons.filter((one) => one?.text?.text === label)
  const action = matching[nth]?.action_id
  if (action === undefined) throw new Error(`There is no button ${label}.`)
  return who.click('view', action)
}

/** The fields that the open form shows. */
export function fieldsOf(view: ViewState | undefined): readonly string[] {
  return (view?.blocks ?? []).filter(({ type }) => type === 'input').map(({ block_id: id }) => id)
}

/** Cognito's operations since then, less the reads that the bot does on its own. */
export function callsSince({ cognito }: Firm, mark: number): readonly string[] {
  return cognito.requests
    .slice(mark)
    .map(({ operation }) => operation)
    .filter((operation) => !/^(?:Describe|ListUserPools|GetUserPoolMfa)/.test(operation))
}
