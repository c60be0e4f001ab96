import type { Company } from '../company.ts'
import { askFor, fillReset, openForm } from '../journeys.ts'
import type { ResetForm } from '../journeys.ts'
import { fieldsIn, linesOf } from '../reading.ts'
import type { Message, Option, Reply, ViewState } from '../slack/types.ts'
import type { Transcript } from './transcript.ts'

/** A step's claim that did not hold. */
class Broken extends Error {
  override readonly name = 'Broken'
}

/** Where a step plays: people act, everything is written down, and claims are checked. */
export class Scene {
  readonly company: Company
  readonly written: Transcript

  constructor(company: Company, written: Transcript) {
    this.company = company
    this.written = written
  }

  /** Types `/cognito <text>` and gives all that came back as one text. */
  async asks(who: string, text: string): Promise<string> {
    this.written.says(who, `/cognito ${text}`.trim())
    const { reply, view } = await askFor(this.company.slack, who, text)
    if (reply.error !== undefined) this.written.aside('Slack', reply.error)
    if (reply.ephemeral) this.written.message(reply.ephemeral)
    if (view) this.written.modal(view)
    if (view) await this.company.slack.person(who).close({ all: true })
    return [...wordsOf(reply.ephemeral), ...(view ? linesOf(view.blocks) : []), reply.error ?? '']
      .join('\n')
      .trim()
  }

  async opens(who: string, operation: string, words: string): Promise<ViewState> {
    this.written.says(who, `/cognito ${operation} ${words}`)
    const view = await openForm(this.company.slack, who, operation, words)
    this.written.modal(view)
    return view
  }

  async searches(who: string, field: string, text: string): Promise<readonly Option[]> {
    this.written.says(who, `types “${text}” into ${this.#labelOf(who, field)}`)
    const options = await this.company.slack.person(who).search(field, text)
    this.written.options(options.map(labelOf))
    return options
  }

  /** Fills the open reset form and submits it; what follows is written down. */
  async submits(who: string, form: ResetForm): Promise<Reply> {
    const { slack } = this.company
    await fillReset(slack, who, form)
    const view = slack.person(who).view()
    const filled = (view ? fieldsIn(view) : []).filter((field) => field.name in form)
    const button = view?.submit?.text ?? 'Submit'
    this.written.fills(who, filled, button)
    const reply = await slack.person(who).submit()
    if (reply.error !== undefined) this.written.aside('Slack', reply.error)
    if (reply.view) this.written.modal(reply.view)
    return reply
  }

  async closes(who: string): Promise<void> {
    await this.company.slack.person(who).close({ all: true })
  }

  holds(condition: boolean, claim: string): asserts condition {
    if (!condition) {
      this.written.broken(claim)
      throw new Broken(claim)
    }
    this.written.held(claim)
  }

  #labelOf(who: string, field: string): string {
    const view = this.company.slack.person(who).view()
    const found = view && fieldsIn(view).find((one) => one.name === field)
    return found?.label ?? field
  }
}

function wordsOf(message: Message | undefined): readonly string[] {
  if (!message) return []
  return message.blocks.length > 0 ? linesOf(message.blocks) : [message.text]
}

function labelOf(option: Option): string {
  return `• ${option.text.text}${option.description ? ` (${option.description.text})` : ''}`
}
