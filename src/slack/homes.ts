import type { types } from '@slack/bolt'
import type { Clock } from '../core/ports.ts'
import type { Overview } from '../core/workflow/workflow.ts'
import { homeNotice, homeView } from './screens/home.ts'
import { Turns } from './turns.ts'

export interface HomesOptions {
  readonly overview: (person: string) => Promise<Overview>
  readonly publish: (person: string, view: types.HomeView) => Promise<void>
  readonly now: Clock
  readonly after: (ms: number, run: () => void) => () => void
  /** An error as a sentence for the person. */
  readonly sentenceOf: (error: unknown) => string
  readonly report: (error: unknown) => string
}

/** A click's consequences are drawn for this long. */
const WATCHED_MS = 60_000
const MOST_REMEMBERED = 1000
/** Another process may do what the click asked for: look again although we drew nothing. */
const LOOK_AGAIN_MS = 3000

interface Watch {
  readonly person: string
  readonly until: number
}

/** The Home tabs of the people who use them, redrawn after what these people do. */
export class Homes {
  readonly #options: HomesOptions
  readonly #turns = new Turns()
  /** People who have looked at their page since this process began. */
  readonly #visitors = new Set<string>()
  readonly #watches = new Map<string, readonly Watch[]>()

  constructor(options: HomesOptions) {
    this.#options = options
  }

  /** Draws a person's page from stored state. Never rejects. */
  async show(person: string): Promise<void> {
    this.#remember(person)
    await this.#turns.run(person, async () => {
      try {
        await this.#options.publish(person, await this.#view(person))
      } catch (error) {
        this.#options.report(error)
      }
    })
  }

  /** This person clicked something about the request: their page follows it, if they use it. */
  watch(request: string, person: string, atHome: boolean): void {
    if (!atHome && !this.#visitors.has(person)) return
    const now = this.#options.now()
    this.#forget(now)
    const others = (this.#watches.get(request) ?? []).filter((one) => one.person !== person)
    this.#watches.set(request, [...others, { person, until: now + WATCHED_MS }])
    this.#options.after(LOOK_AGAIN_MS, () => void this.show(person))
  }

  /** The request's card was drawn: its state may have changed. */
  drawn(request: string): void {
    const now = this.#options.now()
    for (const { person, until } of this.#watches.get(request) ?? [])
      if (until > now) void this.show(person)
  }

  async #view(person: string): Promise<types.HomeView> {
    const { overview, now, sentenceOf } = this.#options
    try {
      return homeView(await overview(person), now())
    } catch (error) {
      return homeNotice(sentenceOf(error))
    }
  }

  #remember(person: string): void {
    this.#visitors.delete(person)
    this.#visitors.add(person)
    const [oldest] = this.#visitors
    if (this.#visitors.size > MOST_REMEMBERED && oldest !== undefined) this.#visitors.delete(oldest)
  }

  #forget(now: number): void {
    for (const [request, watches] of this.#watches)
      if (watches.every(({ until }) => until <= now)) this.#watches.delete(request)
  }
}
