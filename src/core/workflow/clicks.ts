import type { ClickKind, Job, Taken } from '../job.ts'
import type { Standing } from '../person.ts'
import { Refusal } from '../refusal.ts'
import { advance } from '../request.ts'
import type { Approved, Request, Step } from '../request.ts'
import { shortDigest } from '../vote.ts'
import { waitOf } from '../wait.ts'
import { Moved } from './approved.ts'
import { judge, needed, requireVoter, stillCounting } from './eligibility.ts'
import { entryOn, rightsOf } from './entries.ts'
import { executeJob, follows, tellJob } from './jobs.ts'
import type { Common } from './parts.ts'
import type { Click } from './workflow.ts'

/** What a click leaves behind before it is acknowledged. */
export function jobOfClick({ key, kind, request, person, digest, why }: Click, at: number): Job {
  return {
    id: `${kind}-${request}-${person}-${key}`,
    kind,
    request,
    dueAt: at,
    about: {
      by: person,
      at,
      ...(digest === undefined ? {} : { digest }),
      ...(why === undefined ? {} : { why }),
    },
  }
}

interface Deed {
  readonly by: string
  /** When they clicked: rights must have been read after that. */
  readonly at: number
  readonly digest: string | undefined
  readonly why: string
  /** Tells notes about this click from others. */
  readonly mark: string
}

/** Counts a click. What does not count is told to the person who clicked, and audited. */
export async function workClick(
  common: Common,
  job: Taken & { readonly kind: ClickKind },
): Promise<void> {
  const deed = deedOf(job)
  for (;;) {
    const request = await common.store.request(job.request)
    if (!request) return
    try {
      return await DEEDS[job.kind](common, request, deed)
    } catch (error) {
      if (error instanceof Moved) continue
      if (!(error instanceof Refusal)) throw error
      return refuse(common, request, deed, error)
    }
  }
}

function deedOf({ id, about }: Job): Deed {
  return {
    by: textIn(about['by']) ?? '',
    at: Number(about['at']),
    digest: textIn(about['digest']),
    why: textIn(about['why']) ?? '',
    mark: id,
  }
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

const DEEDS: Readonly<
  Record<ClickKind, (common: Common, request: Request, deed: Deed) => Promise<void>>
> = {
  vote,
  deny,
  claim,
  withdraw,
  review,
}

async function vote(common: Common, request: Request, deed: Deed): Promise<void> {
  const { store, people } = common
  requireCurrent(request, deed)
  const voter = await people.fresh(deed.by, deed.at)
  const before = (await store.votes(request.id, request.round)).map(({ person }) => person)
  if (before.includes(deed.by)) throw new Refusal('Your vote is counted already.')
  requireVoter(common, request, voter, before.length)

  const requester = await people.fresh(request.requester, deed.at)
  common.admit(requester)
  const verdict = judge(common, request, requester)
  if (verdict.kind === 'refuse') throw new Refusal(verdict.sentence, { policies: verdict.policies })
  const voters = [...(await stillCounting(common, request, before, deed.at)), deed.by]
  await count(common, request, { voter, voters, needed: needed(verdict, request), deed })
}

interface Count {
  readonly voter: Standing
  readonly voters: readonly string[]
  readonly needed: number
  readonly deed: Deed
}

/** The vote and what it leads to, in one transaction. */
async function count(
  common: Common,
  request: Request,
  { voter, voters, needed, deed }: Count,
): Promise<void> {
  const { store, now, times } = common
  const enough = voters.length >= needed
  const step: Step = enough
    ? { kind: 'approve', voters, needed, revealUntil: now() + times.revealWithinMs }
    : { kind: 'vote' }
  const next = applied(request, step)
  const counted = `${voters.length} of ${needed}.`
  const swapped = await store.vote(
    { request: request.id, round: request.round, person: deed.by, at: now() },
    request,
    next,
    {
      entries: [
        entryOn(next, 'approved-by', deed.by, {
          outcome: counted,
          details: { ...rightsOf(voter), digest: request.digest },
        }),
        ...(enough ? [entryOn(next, 'approved', 'lifeguard', { details: { voters } })] : []),
      ],
      jobs: [...follows(next, now()), ...(enough ? onwards(next as Approved, now(), deed.at) : [])],
    },
  )
  if (swapped.kind === 'moved') throw new Moved('Somebody was faster.')
  if (swapped.kind === 'voted') throw new Refusal('Your vote is counted already.')
}

/** A secret waits for its requester; everything else is done now. */
function onwards(approved: Approved, now: number, since: number): readonly Job[] {
  if (!approved.secret) return [executeJob(approved, now, since)]
  const wait = waitOf(approved.revealUntil - now)
  return [
    tellJob(approved, now, `approved-${approved.round}`, {
      person: approved.requester,
      text: `Approved: you may reveal the password of ${approved.shown.label} within ${wait}. It is set and shown when you press the button.`,
      button: 'reveal',
    }),
  ]
}

async function deny(common: Common, request: Request, deed: Deed): Promise<void> {
  const voter = await common.people.fresh(deed.by, deed.at)
  requireVoter(common, request, voter, 0)
  await move(common, request, { kind: 'deny', by: deed.by, why: deed.why }, (next) => ({
    entries: [
      entryOn(next, 'denied', deed.by, { outcome: deed.why, details: { ...rightsOf(voter) } }),
    ],
    jobs: [
      tellJob(next, common.now(), 'denied', {
        person: next.requester,
        text: `Your request for ${next.shown.label} was denied: ${deed.why}`,
      }),
    ],
  }))
}

async function claim(common: Common, request: Request, deed: Deed): Promise<void> {
  const voter = await common.people.fresh(deed.by, deed.at)
  requireVoter(common, request, voter, 0)
  await move(common, request, { kind: 'claim', by: deed.by }, (next) => ({
    entries: [entryOn(next, 'claimed', deed.by)],
  }))
}

async function withdraw(common: Common, request: Request, deed: Deed): Promise<void> {
  await move(common, request, { kind: 'withdraw', by: deed.by }, (next) => ({
    entries: [entryOn(next, 'withdrawn', deed.by)],
  }))
}

async function review(common: Common, request: Request, deed: Deed): Promise<void> {
  const voter = await common.people.fresh(deed.by, deed.at)
  requireVoter(common, request, voter, 0)
  await move(common, request, { kind: 'review', by: deed.by }, (next) => ({
    entries: [entryOn(next, 'reviewed', deed.by, { details: { ...rightsOf(voter) } })],
  }))
}

type Follow = (next: Request) => Parameters<Common['store']['swap']>[2]

async function move(common: Common, request: Request, step: Step, follow: Follow): Promise<void> {
  const next = applied(request, step)
  const { entries, jobs = [] } = follow(next)
  const swapped = await common.store.swap(request, next, {
    entries,
    jobs: [...follows(next, common.now()), ...jobs],
  })
  if (swapped.kind !== 'swapped') throw new Moved('Somebody was faster.')
}

function applied(request: Request, step: Step): Request {
  const advanced = advance(request, step)
  if ('refused' in advanced) throw new Refusal(advanced.refused)
  return advanced.next
}

/** A click on a card that showed another plan is no vote for this one. */
function requireCurrent(request: Request, { digest }: Deed): void {
  if (request.state === 'pending' && digest !== shortDigest(request.digest))
    throw new Refusal('The plan has changed since this card was drawn. Read it again, then decide.')
}

async function refuse(
  common: Common,
  request: Request,
  deed: Deed,
  refusal: Refusal,
): Promise<void> {
  const { store, now } = common
  await store.append(
    entryOn(request, 'vote-refused', deed.by, {
      outcome: refusal.message,
      details: { policies: refusal.policies },
    }),
  )
  const note = { person: deed.by, text: refusal.message }
  await store.enqueue(tellJob(request, now(), deed.mark, note))
}
