import { echoBlocks } from './block-kit/echo.ts'
import { parseText } from './block-kit/parse.ts'
import { type JsonRecord, string } from './json.ts'
import type { Ids } from './ids.ts'
import { inputValues } from './input-values.ts'
import type { InputValues, View, ViewState } from './types.ts'

/** "A maximum of 3 views in a view stack" (docs.slack.dev, modals). */
const stackLimit = 3

interface Placed {
  readonly user: string
  readonly view: ViewState
}

interface Identity {
  readonly team: string
  readonly app: string
  readonly bot: string
}

/** Modal stacks and home tabs of everybody. */
export class Views {
  readonly #stacks = new Map<string, readonly ViewState[]>()
  readonly #homes = new Map<string, ViewState>()
  /** Who a view was made for, by view id. */
  readonly #owners = new Map<string, string>()
  readonly #ids: Ids
  readonly #identity: Identity

  constructor(ids: Ids, identity: Identity) {
    this.#ids = ids
    this.#identity = identity
  }

  stack(user: string): readonly ViewState[] {
    return this.#stacks.get(user) ?? []
  }

  top(user: string): ViewState | undefined {
    return this.stack(user).at(-1)
  }

  home(user: string): ViewState | undefined {
    return this.#homes.get(user)
  }

  /** An open view or a home, and whose it is. */
  find(ref: { readonly id: string } | { readonly externalId: string }): Placed | undefined {
    for (const user of 'id' in ref ? [this.#owners.get(ref.id) ?? ''] : this.#owners.values()) {
      const home = this.home(user)
      const view = [...this.stack(user), ...(home ? [home] : [])].find((one) =>
        'id' in ref ? one.id === ref.id : one.external_id === ref.externalId,
      )
      if (view) return { user, view }
    }
    return undefined
  }

  open(user: string, payload: JsonRecord): ViewState {
    const view = this.#made(payload, this.#newId(user))
    this.#stacks.set(user, [view])
    return view
  }

  /** Undefined when the stack is full. */
  push(user: string, payload: JsonRecord): ViewState | undefined {
    const stack = this.stack(user)
    if (stack.length >= stackLimit) return undefined
    const view = this.#made(payload, this.#newId(user), {
      root: stack[0]?.root_view_id,
      previous: stack.at(-1)?.id,
    })
    this.#stacks.set(user, [...stack, view])
    return view
  }

  publish(user: string, payload: JsonRecord): ViewState {
    const before = this.home(user)
    const view = this.#made(payload, before?.id ?? this.#newId(user), {
      values: before?.state.values,
    })
    this.#homes.set(user, view)
    return view
  }

  /** The same view with other content and a new hash. */
  update(user: string, before: ViewState, payload: JsonRecord): ViewState {
    const view = this.#made(payload, before.id, {
      root: before.root_view_id,
      previous: before.previous_view_id,
      values: before.state.values,
    })
    this.put(user, view)
    return view
  }

  /** Stores a changed view in its place. */
  put(user: string, view: ViewState): void {
    if (view.type === 'home') this.#homes.set(user, view)
    else
      this.#stacks.set(
        user,
        this.stack(user).map((one) => (one.id === view.id ? view : one)),
      )
  }

  remove(user: string, id: string): void {
    this.#stacks.set(
      user,
      this.stack(user).filter((view) => view.id !== id),
    )
  }

  clear(user: string): void {
    this.#stacks.set(user, [])
  }

  #newId(user: string): string {
    const id = this.#ids.next('V')
    this.#owners.set(id, user)
    return id
  }

  #made(
    payload: JsonRecord,
    id: string,
    kept: {
      root?: string | undefined
      previous?: string | null | undefined
      values?: InputValues | undefined
    } = {},
  ): ViewState {
    const blocks = echoBlocks(payload['blocks'], () => this.#ids.short())
    return {
      id,
      team_id: this.#identity.team,
      type: payload['type'] === 'home' ? 'home' : 'modal',
      blocks,
      private_metadata: string(payload['private_metadata']) ?? '',
      callback_id: string(payload['callback_id']) ?? '',
      external_id: string(payload['external_id']) ?? '',
      title: parseText(payload['title']),
      submit: parseText(payload['submit']),
      close: parseText(payload['close']),
      state: { values: inputValues(blocks, kept.values) },
      hash: this.#ids.next('h'),
      clear_on_close: payload['clear_on_close'] === true,
      notify_on_close: payload['notify_on_close'] === true,
      root_view_id: kept.root ?? id,
      previous_view_id: kept.previous ?? null,
      app_id: this.#identity.app,
      app_installed_team_id: this.#identity.team,
      bot_id: this.#identity.bot,
      errors: {},
    }
  }
}

/** The view without what only the person's screen shows. */
export function asSent(view: ViewState): View {
  const { errors: _errors, trouble: _trouble, ...sent } = view
  return sent
}
