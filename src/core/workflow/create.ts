import type { EntryDraft } from '../audit.ts'
import type { ClickKind, Taken } from '../job.ts'
import type { Note } from '../board.ts'
import { Refusal } from '../refusal.ts'
import type { Request } from '../request.ts'
import { createRights } from '../rights.ts'
import { runApproved, SentBack } from './approved.ts'
import { cardOf, cardsOf, own, waiting } from './cards.ts'
import { jobOfClick, workClick } from './clicks.ts'
import { breakGlass } from './emergency.ts'
import { entryOn } from './entries.ts'
import { commonOf } from './parts.ts'
import type { Common, WorkflowParts } from './parts.ts'
import { createPicking } from './picking.ts'
import { answer } from './answer.ts'
import { aboutOf, refusalOf, submit } from './submit.ts'
import { workEscalate, workExecute, workExpire, workRemind } from './time.ts'
import type { Workflow } from './workflow.ts'

export type { WorkflowParts } from './parts.ts'

/** The life of requests, put together. */
export function createWorkflow(parts: WorkflowParts): Workflow {
  const { store, directory, people, policy, now, operations } = parts
  const rights = createRights(operations, policy, directory.pools)
  const common: Common = commonOf(parts, rights, {
    own: async (standing) => own(common, standing),
    waiting: async (standing) => waiting(common, standing),
  })

  const picking = createPicking(common)
  const inTurn = oneAfterTheOther()
  const refused = async (actor: string, refusal: Refusal, about: Partial<EntryDraft> = {}) =>
    store.append({
      ...about,
      event: 'refused',
      actor,
      outcome: refusal.message,
      details: { ...about.details, policies: refusal.policies, policyVersion: policy.version },
    })

  /** Audits what is refused, then lets it through. */
  const audited = async <T>(
    actor: string,
    about: Partial<EntryDraft>,
    work: () => Promise<T>,
  ): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      const refusal = error instanceof SentBack ? undefined : refusalOf(error)
      if (refusal) await refused(actor, refusal, about)
      throw error
    }
  }

  const known = async (id: string): Promise<Request> => {
    const request = await store.request(id)
    if (request) return request
    throw new Refusal('I do not know this request any more. Ask again.')
  }

  return {
    rights,
    admit: (standing) => common.admit(standing),
    refused,

    async answer(operation, standing, values) {
      common.admit(standing)
      const about = {
        operation: operation.name,
        ...(operation.pooled ? aboutOf({ operation, values }) : {}),
      }
      return audited(standing.person.id, about, async () =>
        answer(common, operation, standing, values),
      )
    },

    async users(picked) {
      common.admit(picked.standing)
      return picking.users(picked)
    },

    async options(picked) {
      common.admit(picked.standing)
      return picking.options(picked)
    },

    submit: async (submission) =>
      inTurn(submission.id, () =>
        audited(submission.person, { ...aboutOf(submission), request: submission.id }, async () =>
          submit(common, submission),
        ),
      ),

    click: async (click) => store.enqueue(jobOfClick(click, now())),

    async reveal(id, person, since) {
      const request = await known(id)
      return audited(person, subjectOf(request), async () => {
        requireOwn(request, person)
        if (!request.secret) throw new Refusal('There is nothing to reveal here.')
        return runApproved(common, request, since)
      })
    },

    async breakGlass(id, person, reason, since) {
      const request = await known(id)
      return audited(person, subjectOf(request), async () => {
        requireOwn(request, person)
        return breakGlass(common, request, person, reason, since)
      })
    },

    async revealed(request, shown) {
      const again =
        request.attempt > 1 ? ` Shown ${request.attempt} times now, each time a new one.` : ''
      await store.append(
        entryOn(request, shown ? 'revealed' : 'not-revealed', request.requester, {
          outcome: shown
            ? `Shown to the person who asked.${again}`
            : 'The password was set but could not be shown.',
        }),
      )
    },

    async card(id) {
      const request = await store.request(id)
      return request && cardOf(common, request)
    },

    async overview(person) {
      const standing = await people.fresh(person, now() - DISPLAY_AGE_MS)
      common.admit(standing)
      const open = await waiting(common, standing)
      const mine = await own(common, standing)
      return {
        standing,
        waiting: await cardsOf(common, open),
        own: await cardsOf(common, mine),
        permitted: rights.permitted(standing),
      }
    },

    work: async (job) => WORKS[job.kind](common, job),
  }
}

/**
 * The same form delivered twice to this process: the second waits for the first to be answered,
 * and learns how the request stands. A secret is in one answer only.
 */
function oneAfterTheOther() {
  const running = new Map<string, Promise<unknown>>()
  return async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    const before = running.get(id)
    const result = before ? before.then(work, work) : work()
    running.set(id, result)
    try {
      return await result
    } finally {
      if (running.get(id) === result) running.delete(id)
    }
  }
}

/** A home tab may be a minute behind. */
const DISPLAY_AGE_MS = 60_000

type Work = (common: Common, job: Taken) => Promise<void>

const click: Work = async (common, job) => workClick(common, job as Taken & { kind: ClickKind })

const WORKS: Readonly<Record<Taken['kind'], Work>> = {
  claim: click,
  vote: click,
  deny: click,
  withdraw: click,
  review: click,
  execute: workExecute,
  expire: workExpire,
  remind: workRemind,
  escalate: workEscalate,
  card: drawCard,
  async tell({ board }, { request, about }) {
    const note: Note = { person: wordsIn(about['person']), text: wordsIn(about['text']), request }
    const { button } = about
    await board.tell(button === 'reveal' || button === 'review' ? { ...note, button } : note)
  },
}

/** Draws until the card shows what is stored: another process may have moved the request meanwhile. */
async function drawCard(common: Common, { request: id }: Taken): Promise<void> {
  for (;;) {
    const request = await common.store.request(id)
    // Requests that nobody was asked about have no card.
    if (!request || request.approvals === 0) return
    await common.board.draw(await cardOf(common, request))
    if ((await common.store.request(id))?.version === request.version) return
  }
}

function wordsIn(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function requireOwn({ requester }: Request, person: string): void {
  if (requester !== person) throw new Refusal('Only the person who asked may do this.')
}

function subjectOf({ id, operation, pool, target }: Request): Partial<EntryDraft> {
  return { request: id, operation, pool, target }
}
