import { answered, applySubmission, failure, trouble } from './acknowledgement.ts'
import type { Asking } from './asking.ts'
import { clientErrors } from './client-checks.ts'
import { actsAtOnce, filled, type Input, inputOf, withValue } from './form.ts'
import {
  actionBody,
  closedBody,
  commandBody,
  homeOpened,
  type Place,
  shortcutBody,
  submissionBody,
} from './payloads.ts'
import { press } from './press.ts'
import type { Search } from './search.ts'
import type {
  Actor,
  Choice,
  InputValue,
  Message,
  MessagePlace,
  Option,
  Reply,
  ViewState,
} from './types.ts'
import { post, type Workspace } from './workspace.ts'

const silence = 'This app is not responding. Try again?'

/** One person at their client. */
export class PersonAtSlack implements Actor {
  readonly id: string
  readonly #workspace: Workspace
  readonly #asking: Asking
  readonly #search: Search

  constructor(id: string, workspace: Workspace, asking: Asking, search: Search) {
    this.id = id
    this.#workspace = workspace
    this.#asking = asking
    this.#search = search
  }

  async slash(command: string, text = '', channel = this.#firstChannel()): Promise<Reply> {
    const { manifest } = this.#workspace
    if (manifest && !manifest.commands.includes(command))
      return this.#asking.refused(`${command} is not a valid command.`)
    const body = commandBody(this.#workspace, this.id, { command, text, channel })
    return this.#asking.ask('slash_commands', body, (delivery) => {
      const word = failure(delivery)
      if (word !== undefined) return `${command} failed with the error "${word}"`
      answered(this.#workspace, this.id, channel, delivery.ack)
      return undefined
    })
  }

  view(): ViewState | undefined {
    return this.#workspace.views.top(this.id)
  }

  async waitForView(
    predicate: (view: ViewState) => boolean = () => true,
    timeoutMs = 5000,
  ): Promise<ViewState> {
    const found = await this.#workspace.changes.until(() => {
      const top = this.view()
      return top && predicate(top) ? top : undefined
    }, timeoutMs)
    if (found) return found
    const seen = this.view()?.callback_id ?? 'no view'
    throw new Error(`${this.id} waited ${timeoutMs} ms for a view and sees ${seen}.`)
  }

  search(blockId: string, text: string): Promise<Option[]> {
    const view = this.#top()
    return this.#search.options(view, inputOf(view, blockId), text)
  }

  async set(values: Readonly<Record<string, Choice>>): Promise<Reply | undefined> {
    let last: Reply | undefined
    for (const [blockId, choice] of Object.entries(values))
      last = (await this.#fill(blockId, choice)) ?? last
    return last
  }

  async submit(
    values: Readonly<Record<string, Choice>> = {},
    options: { unchecked?: boolean } = {},
  ): Promise<Reply> {
    await this.set(values)
    const { trouble: _before, ...view } = this.#top()
    if (!view.submit) throw new Error(`${view.callback_id} has no submit button.`)
    const errors = options.unchecked === true ? {} : clientErrors(view)
    this.#show({ ...view, errors })
    if (Object.keys(errors).length > 0) return this.#asking.unsent()
    const body = submissionBody(this.#workspace, this.id, view)
    return this.#asking.ask('view_submission', body, (delivery) =>
      applySubmission(this.#workspace, this.id, this.#asItIs(view), delivery),
    )
  }

  async close(options: { all?: boolean } = {}): Promise<Reply> {
    const view = this.#top()
    const clears = options.all === true || view.clear_on_close
    if (clears) this.#workspace.views.clear(this.id)
    else this.#workspace.views.remove(this.id, view.id)
    this.#workspace.changes.tell([this.id])
    if (!view.notify_on_close) return this.#asking.unsent()
    const body = closedBody(this.#workspace, this.id, view, clears)
    return this.#asking.ask('view_closed', body, () => undefined)
  }

  async click(
    where: 'view' | 'home' | MessagePlace,
    actionId: string,
    value?: string,
  ): Promise<Reply> {
    const place = this.#place(where)
    const blocks = place.kind === 'view' ? place.view.blocks : place.message.blocks
    const pressed = press(blocks, actionId, value)
    if (place.kind === 'message' || !pressed.value || pressed.value.type === 'overflow')
      return this.#act(place, pressed, pressed.value)
    const changed = withValue(place.view, pressed, pressed.value)
    this.#show(changed)
    return this.#act({ kind: 'view', view: changed }, pressed, pressed.value)
  }

  async openHome(): Promise<Reply> {
    const { manifest } = this.#workspace
    if (manifest && !manifest.events.includes('app_home_opened'))
      return this.#asking.refused('This app has no Home tab.')
    return this.#asking.ask('event', homeOpened(this.#workspace, this.id), () => undefined)
  }

  async shortcut(callbackId: string): Promise<Reply> {
    const { manifest } = this.#workspace
    if (manifest && !manifest.shortcuts.includes(callbackId))
      return this.#asking.refused(`There is no shortcut ${callbackId}.`)
    const body = shortcutBody(this.#workspace, this.id, callbackId)
    return this.#asking.ask('shortcut', body, (delivery) =>
      failure(delivery) === undefined ? undefined : silence,
    )
  }

  say(channel: string, text: string): Message {
    return post(this.#workspace, { channel, text, user: this.id })
  }

  async #fill(blockId: string, choice: Choice): Promise<Reply | undefined> {
    const wanted = await this.#search.chosen(this.#top(), inputOf(this.#top(), blockId), choice)
    const view = this.#top()
    const input = inputOf(view, blockId)
    const value = filled(input.element, wanted)
    const changed = withValue(view, input, value)
    this.#show(changed)
    return actsAtOnce(input) ? this.#act({ kind: 'view', view: changed }, input, value) : undefined
  }

  #act(place: Place, input: Input, value: InputValue | undefined): Promise<Reply> {
    const pressed = { element: input.element, blockId: input.block.block_id, value }
    const body = actionBody(this.#workspace, this.id, place, pressed)
    return this.#asking.ask('block_actions', body, (delivery) => {
      if (failure(delivery) === undefined) return undefined
      if (place.kind === 'message') return silence
      this.#show({ ...this.#asItIs(place.view), trouble })
      return trouble
    })
  }

  #place(where: 'view' | 'home' | MessagePlace): Place {
    if (where === 'view') return { kind: 'view', view: this.#top() }
    if (where === 'home') {
      const home = this.#workspace.views.home(this.id)
      if (!home) throw new Error(`${this.id} has no Home tab yet.`)
      return { kind: 'view', view: home }
    }
    const { messages } = this.#workspace
    const message =
      messages.find(where.channel, where.ts) ?? messages.findEphemeral(where.channel, where.ts)
    if (!message) throw new Error(`There is no message ${where.ts} in ${where.channel}.`)
    return { kind: 'message', message }
  }

  #show(view: ViewState): void {
    this.#workspace.views.put(this.id, view)
    this.#workspace.changes.tell([this.id])
  }

  #top(): ViewState {
    const view = this.view()
    if (!view) throw new Error(`${this.id} has no modal open.`)
    return view
  }

  /** The view as it is now: the bot may have updated it meanwhile. */
  #asItIs(view: ViewState): ViewState {
    return this.#workspace.views.find({ id: view.id })?.view ?? view
  }

  #firstChannel(): string {
    const { conversations } = this.#workspace
    const own = conversations.all().find((one) => one.members?.includes(this.id) === true)
    return own?.id ?? conversations.directWith(this.id)
  }
}
