import type { CardModel } from '../../src/core/board.ts'
import type { Outcome } from '../../src/core/operation.ts'
import type { People } from '../../src/core/ports.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { advance } from '../../src/core/request.ts'
import type { Ended, Request, Step } from '../../src/core/request.ts'
import { Secret } from '../../src/core/secret.ts'
import type { Click, Ending, Workflow } from '../../src/core/workflow/workflow.ts'
import { cardOf } from './cards.ts'

/** A small workflow over `advance()`: requests in memory, clicks kept until they are worked. */
export class FakeWorkflow implements Workflow {
  readonly requests = new Map<string, Request>()
  /** Durable clicks, by key. */
  readonly clicks = new Map<string, Click>()
  /** How often a click came, the same one again included. */
  taken = 0
  readonly shown: boolean[] = []
  readonly revealedSince: number[] = []
  /** What the writing of a click or a result waits for. */
  gate: Promise<void> = Promise.resolve()
  /** How often something came to the gate. */
  arrived = 0
  /** Thrown by whatever comes next. */
  fault: Error | undefined
  breakGlassAllowed = false
  reveals = 0
  readonly #people: People

  constructor(people: People) {
    this.#people = people
  }

  readonly rights: Workflow['rights'] = {
    verdict: () => ({ kind: 'ask', approvals: 2, policies: [], sentence: '' }),
    permitted: () => [],
    offers: () => true,
    pools: () => ({
      get: () => undefined,
      page: () => ({ rows: [], next: undefined }),
      count: 0,
      refreshedAt: 1,
    }),
  }

  admit(): void {}

  async answer(): Promise<never> {
    throw new Refusal('There is no answer here.')
  }

  async users(): Promise<never> {
    throw new Refusal('There are no users here.')
  }

  async options(): Promise<[]> {
    return []
  }

  async submit({ id, operation, person, values }: Parameters<Workflow['submit']>[0]) {
    await this.#ready()
    const known = this.requests.get(id)
    if (known) return { kind: 'repeated', request: known } as const
    const request = { ...this.#template(), id, operation: operation.name, requester: person }
    this.requests.set(id, { ...request, input: values })
    const card = this.#cardOf(id)
    return { kind: 'asked', card, breakGlass: this.breakGlassAllowed } as const
  }

  async click(click: Click): Promise<void> {
    await this.#ready()
    this.taken += 1
    if (!this.clicks.has(click.key)) this.clicks.set(click.key, click)
  }

  async reveal(id: string, person: string, since: number): Promise<Ending> {
    this.revealedSince.push(since)
    const request = this.#known(id)
    if (request.requester !== person)
      throw new Refusal('Only the person who asked may reveal the password.')
    this.#step(id, { kind: 'begin', now: Date.now() })
    await this.#ready()
    this.reveals += 1
    return this.#end(id, {
      sentence: 'grace has a temporary password.',
      secret: new Secret(`tiger-lily-${this.reveals}`),
    })
  }

  async breakGlass(id: string, by: string, reason: string) {
    await this.#ready()
    const revealUntil = Date.now() + 900_000
    this.#step(id, { kind: 'break-glass', by, reason, skipped: ['U0ADA'], revealUntil })
    return this.reveal(id, by, Date.now())
  }

  async revealed(_request: Request, shown: boolean): Promise<void> {
    this.shown.push(shown)
  }

  async refused(): Promise<void> {}

  async card(id: string): Promise<CardModel | undefined> {
    return this.requests.has(id) ? this.#cardOf(id) : undefined
  }

  async overview(person: string) {
    await this.#ready()
    const standing = await this.#people.fresh(person, 0)
    const all = [...this.requests.keys()].map((id) => this.#cardOf(id))
    return {
      standing,
      waiting: all.filter(
        ({ request }) => request.state === 'pending' && request.requester !== person,
      ),
      own: all.filter(({ request }) => request.requester === person),
      permitted: [],
    }
  }

  async work(): Promise<void> {}

  /** Puts a request there. */
  keep(request: Request): Request {
    this.requests.set(request.id, request)
    return request
  }

  #template: () => Request = () => {
    throw new Error('No template was given.')
  }

  /** What a form becomes. */
  becomes(template: () => Request): void {
    this.#template = template
  }

  async #ready(): Promise<void> {
    this.arrived += 1
    await this.gate
    const { fault } = this
    this.fault = undefined
    if (fault) throw fault
  }

  #known(id: string): Request {
    const request = this.requests.get(id)
    if (!request) throw new Refusal('There is no such request.')
    return request
  }

  #cardOf(id: string): CardModel {
    return cardOf(this.#known(id))
  }

  #step(id: string, step: Step): Request {
    const stepped = advance(this.#known(id), step)
    if ('refused' in stepped) throw new Refusal(stepped.refused)
    return this.keep(stepped.next)
  }

  #end(id: string, outcome: Outcome): Ending {
    const { attempt } = this.#known(id)
    const ended = this.#step(id, { kind: 'end', as: 'done', attempt, outcome: outcome.sentence })
    return { kind: 'ended', request: ended as Ended, outcome }
  }
}
