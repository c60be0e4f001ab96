import { z } from 'zod'

const short = z.string().max(300)
const choice = z.object({ value: z.string().max(200) })

/** An input's value as Slack sends it: which member is filled depends on the element (slack.md 9). */
const inputValue = z.object({
  type: short,
  value: z.string().max(3000).nullish(),
  selected_option: choice.nullish(),
  selected_options: z.array(choice).max(100).nullish(),
})

const stateValues = z.record(short, z.record(short, inputValue))
export type StateValues = z.infer<typeof stateValues>

const view = z.object({
  id: short,
  callback_id: short,
  private_metadata: z.string().max(3000),
  state: z.object({ values: stateValues }).default({ values: {} }),
})

const user = z.object({ id: short })

export const slashCommand = z.object({
  command: short,
  text: z.string().max(16_000).default(''),
  user_id: short,
  channel_id: short,
  trigger_id: short,
})
export type SlashCommand = z.infer<typeof slashCommand>

export const viewSubmission = z.object({ type: z.literal('view_submission'), user, view })
export type ViewSubmission = z.infer<typeof viewSubmission>

export const blockActions = z.object({
  type: z.literal('block_actions'),
  user,
  view: view.optional(),
  actions: z.array(z.object({ action_id: short })).min(1),
})
export type BlockActions = z.infer<typeof blockActions>

export const blockSuggestion = z.object({
  type: z.literal('block_suggestion'),
  user,
  action_id: short,
  value: z.string().max(3000).default(''),
  view,
})
export type BlockSuggestion = z.infer<typeof blockSuggestion>

/** A button about a request: in a message, in a modal, or in somebody's home. */
export const buttonPress = z.object({
  type: z.literal('block_actions'),
  user,
  trigger_id: short,
  channel: z.object({ id: short }).optional(),
  view: z.object({ id: short, type: short, callback_id: short.default('') }).optional(),
  actions: z
    .tuple([z.object({ action_id: short, block_id: short, value: z.string().max(2000) })])
    .rest(z.unknown()),
})
export type ButtonPress = z.infer<typeof buttonPress>

export const homeOpened = z.object({
  event: z.object({ type: z.literal('app_home_opened'), user: short, tab: short }),
})
export type HomeOpened = z.infer<typeof homeOpened>

/** What was typed into the input of this name, without space around it. */
export function typedIn(state: StateValues, name: string): string {
  return (state[name]?.[name]?.value ?? '').trim()
}

/** A form's content, or what is wrong with it by field name. */
export type Read<T> = { readonly read: T } | { readonly errors: Record<string, string> }
