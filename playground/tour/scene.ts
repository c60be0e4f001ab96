import type { Company } from '../company.ts'
import { askFor, cardAbout, openForm, send } from '../journeys.ts'
import { buttonIn, fieldsIn, linesOf } from '../reading.ts'
import type { Choice, Message, Option, Reply, ViewState } from '../slack/types.ts'
import { approvalsChannel } from '../world.ts'
import { firstName } from './transcript.ts'
import type { Transcript } from './transcript.ts'

const PATIENCE_MS = 8000

/** A step's claim that did not hold. */
class Broken extends Error {
  override readonly name = 'Broken'
}

/** Where a step plays: people act, everything is written down, and claims are checked. */
export class Scene {
  readonly company: Company
  readonly written: Transcript
  /** What was written of each card, to write only what is new. */
  readonly #cards = new Map<string, readonly string[]>()
  /** Direct messages that were written down, by person. */
  readonly #read = new Map<string, number>()

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

  /** Fills the open form and sends it; what follows is written down. */
  async submits(who: string, values: Readonly<Record<string, Choice>>): Promise<Reply> {
    const person = this.company.slack.person(who)
    await person.set(values)
    const view = person.view()
    const filled = (view ? fieldsIn(view) : []).filter((field) => field.name in values)
    this.written.fills(who, filled, view?.submit?.text ?? 'Submit')
    const reply = await send(this.company.slack, who)
    if (reply.error !== undefined) this.written.aside('Slack', reply.error)
    if (reply.view) this.written.modal(reply.view)
    return reply
  }

  /** Presses a button on a message, on the open view or on the person's Home tab. */
  async presses(who: string, action: string, where: 'view' | 'home' | Message): Promise<Reply> {
    const { slack } = this.company
    const person = slack.person(who)
    const on = { view: person.view(), home: slack.home(who) }
    const blocks = (typeof where === 'string' ? on[where] : where)?.blocks ?? []
    this.written.says(who, `presses [${buttonIn(blocks, action) ?? action}]`)
    const reply = await person.click(where, action)
    if (reply.error !== undefined) this.written.aside('Slack', reply.error)
    return reply
  }

  /** Waits until the open view fits, and writes it down. */
  async sees(who: string, fits: (view: ViewState) => boolean): Promise<ViewState> {
    const view = await this.company.slack.person(who).waitForView(fits, PATIENCE_MS)
    this.written.modal(view)
    return view
  }

  /** Waits until the newest card about this user says all of this, and writes down what is new on it. */
  async card(user: string, ...words: readonly string[]): Promise<Message> {
    const { slack } = this.company
    const card = await slack
      .until(() => {
        const found = cardAbout(slack, approvalsChannel, user)
        return found && words.every((word) => wordsOf(found).join('\n').includes(word)) && found
      }, PATIENCE_MS)
      .catch(() => this.#missing(`a card about ${user} with: ${words.join(', ')}`))
    return this.#noted(card)
  }

  /** Writes down what is new on a card. */
  #noted(card: Message): Message {
    const before = this.#cards.get(card.ts) ?? []
    const lines = wordsOf(card)
    this.#cards.set(card.ts, lines)
    this.written.bot(
      lines.filter((line) => !before.includes(line)),
      '#approvals',
    )
    return card
  }

  /** The same by what a card is headed with, for requests that are not about a user. */
  async cardTitled(title: string, ...words: readonly string[]): Promise<Message> {
    const { slack } = this.company
    const fits = (message: Message) => {
      const lines = wordsOf(message).join('\n')
      return lines.includes(title) && words.every((word) => lines.includes(word))
    }
    const card = await slack
      .until(
        () =>
          slack
            .channel(approvalsChannel)
            .messages.findLast((one) => one.thread_ts === undefined && fits(one)),
        PATIENCE_MS,
      )
      .catch(() => this.#missing(`a card “${title}” with: ${words.join(', ')}`))
    return this.#noted(card)
  }

  /** Waits for a message in the thread of the newest card about this user. */
  async reply(user: string, ...words: readonly string[]): Promise<void> {
    const { slack } = this.company
    const card = cardAbout(slack, approvalsChannel, user)
    const message = await slack
      .until(
        () =>
          slack
            .channel(approvalsChannel)
            .messages.find(
              (one) =>
                one.thread_ts === card?.ts &&
                words.every((word) => wordsOf(one).join('\n').includes(word)),
            ),
        PATIENCE_MS,
      )
      .catch(() => this.#missing(`a reply below the card with: ${words.join(', ')}`))
    this.written.message(message, '↳ thread')
  }

  /** Waits for a direct message of the bot with these words, later than those written down before. */
  async told(who: string, ...words: readonly string[]): Promise<Message> {
    const { slack } = this.company
    const from = this.#read.get(who) ?? 0
    const fits = (message: Message) => words.every((word) => message.text.includes(word))
    const message = await slack
      .until(() => slack.directMessages(who).slice(from).find(fits), PATIENCE_MS)
      .catch(() => this.#missing(`a message to ${firstName(who)} with: ${words.join(', ')}`))
    this.#read.set(who, slack.directMessages(who).indexOf(message) + 1)
    this.written.message(message, `to ${firstName(who)}`)
    return message
  }

  /** Opens the person's Home tab, waits until it says all of this, and gives what stands there. */
  async home(who: string, ...words: readonly string[]): Promise<readonly string[]> {
    const { slack } = this.company
    this.written.says(who, 'opens Lifeguard’s Home tab')
    await slack.person(who).openHome()
    const lines = await slack
      .until(() => {
        const shown = linesOf(slack.home(who)?.blocks ?? [])
        return words.every((word) => shown.join('\n').includes(word)) && shown
      }, PATIENCE_MS)
      .catch(() => this.#missing(`a Home tab with: ${words.join(', ')}`))
    this.written.bot(lines, 'Home tab')
    return lines
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

  #missing(what: string): never {
    throw new Broken(`There was never ${what}.`)
  }

  #labelOf(who: string, field: string): string {
    const view = this.company.slack.person(who).view()
    const found = view && fieldsIn(view).find((one) => one.name === field)
    return found?.label ?? field
  }
}

/** What a person would read aloud from a message. */
function wordsOf(message: Message | undefined): readonly string[] {
  if (!message) return []
  return message.blocks.length > 0 ? linesOf(message.blocks) : [message.text]
}

function labelOf(option: Option): string {
  return `• ${option.text.text}${option.description ? ` (${option.description.text})` : ''}`
}
