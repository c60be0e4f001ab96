import { failure } from './acknowledgement.ts'
import { parseOption, parseOptions } from './block-kit/parse.ts'
import { validateSuggestions } from './block-kit/validate.ts'
import type { Deliveries } from './deliveries.ts'
import { type Input, meant } from './form.ts'
import { record, records, string } from './json.ts'
import { suggestionBody } from './payloads.ts'
import type { Choice, Option, ViewState } from './types.ts'
import type { Workspace } from './workspace.ts'

/** "defaults to 3" characters before the first request (docs.slack.dev, external select). */
const defaultQueryLength = 3

/** What a person at this view finds for a text. */
export class Search {
  readonly #user: string
  readonly #workspace: Workspace
  readonly #deliveries: Deliveries

  constructor(user: string, workspace: Workspace, deliveries: Deliveries) {
    this.#user = user
    this.#workspace = workspace
    this.#deliveries = deliveries
  }

  async options(view: ViewState, { block, element }: Input, text: string): Promise<Option[]> {
    if (text.length < Number(element['min_query_length'] ?? defaultQueryLength)) return []
    const typed = { element, blockId: block.block_id, value: text }
    const body = suggestionBody(this.#workspace, this.#user, view, typed)
    const delivery = await this.#deliveries.send('block_suggestion', body, this.#user)
    if (failure(delivery) !== undefined) return []
    const faults = validateSuggestions(delivery.ack ?? {})
    const where = `acknowledgement of block_suggestion ${block.block_id}`
    this.#workspace.problems.faults(where, faults)
    return faults.length > 0 ? [] : offered(delivery.ack)
  }

  /** For an external select: the option a typed text leads to; other choices stay as they are. */
  async chosen(view: ViewState, input: Input, choice: Choice): Promise<Choice> {
    const type = string(input.element['type']) ?? ''
    if (!type.endsWith('external_select') || choice === null) return choice
    if (!Array.isArray(choice)) return this.#one(view, input, choice)
    const found: Option[] = []
    for (const item of choice as readonly unknown[]) found.push(await this.#one(view, input, item))
    return found
  }

  async #one(view: ViewState, input: Input, choice: unknown): Promise<Option> {
    const picked = parseOption(choice)
    if (picked) return picked
    const found = await this.options(view, input, string(choice) ?? '')
    return found.length === 1 && found[0] ? found[0] : meant(choice, found)
  }
}

function offered(ack: unknown): Option[] {
  const body = record(ack)
  const groups = records(body['option_groups']).flatMap((group) => parseOptions(group['options']))
  return [...parseOptions(body['options']), ...groups]
}
