import type { Fact, Values } from './operation.ts'

/** What approvers read and approve: exactly this runs, or it is put to them again. */
export interface Shown {
  /** The user or the pool concerned, as a person would name it. */
  readonly label: string
  readonly facts: readonly Fact[]
  readonly warnings: readonly string[]
}

/** What every request keeps, whatever becomes of it. Times are milliseconds since the epoch. */
interface Asked {
  readonly id: string
  readonly operation: string
  /** Slack user id. */
  readonly requester: string
  /** Pool id. */
  readonly pool: string
  /** The user's `username`, or the pool's name. */
  readonly target: string
  /** E-mail addresses of the users concerned: whoever has one in Slack must not decide about them. */
  readonly targetEmails: readonly string[]
  /** Validated, without secrets: what the plan is made from again. */
  readonly input: Values
  /** Digest of the form's values as they came: the same form sent twice is one request. */
  readonly sent: string
  readonly shown: Shown
  /** Digest of the plan that was shown, with the target's `sub` in it. */
  readonly digest: string
  /** Digest of what stays the same when an attempt has changed the user. */
  readonly lasting: string
  readonly policyVersion: string
  /** Votes needed as things stood when it was asked; 0 when the requester may act alone. */
  readonly approvals: number
  /** Votes without which it is never carried out, whatever the policy says. */
  readonly least: number
  /** Its outcome is a secret: it waits for its requester's reveal. */
  readonly secret: boolean
  /** Somebody acted alone in an emergency; a second person has to look at it afterwards. */
  readonly emergency: Emergency | undefined
  readonly askedAt: number
  /** Counts every change: the compare-and-swap. */
  readonly version: number
  /** Counts the plans put to a vote: a changed plan clears the votes. */
  readonly round: number
  /** Counts executions. */
  readonly attempt: number
}

export interface Emergency {
  readonly reason: string
  /** Slack user ids of the approvers who were not asked. */
  readonly skipped: readonly string[]
  /** Who closed the review; undefined while it is open. */
  readonly reviewedBy: string | undefined
}

export interface Pending extends Asked {
  readonly state: 'pending'
  readonly expiresAt: number
  /** Who said that they are looking at it. */
  readonly claimedBy: string | undefined
  /** What differs from the plan voted on before, when the plan had to be made again. */
  readonly changed: readonly Fact[]
}

/** The votes are there. A secret waits for its requester until `revealUntil`. */
export interface Approved extends Asked {
  readonly state: 'approved'
  readonly revealUntil: number
}

export interface Executing extends Asked {
  readonly state: 'executing'
  /** Past it the outcome is unknown. */
  readonly leaseUntil: number
  readonly revealUntil: number
}

/** Ended by an attempt: `failed` means nothing was changed, `unknown` that it may have been. */
export interface Ended extends Asked {
  readonly state: 'done' | 'failed' | 'unknown'
  /** One sentence for people. */
  readonly outcome: string
  /** Until then the requester may reveal again: a new attempt with a new secret. */
  readonly revealUntil: number
}

/** Ended without an attempt. */
export interface Closed extends Asked {
  readonly state: 'denied' | 'withdrawn' | 'expired'
  /** Slack user id; undefined when its time was up. */
  readonly by: string | undefined
  /** One sentence for people. */
  readonly outcome: string
}

export type Request = Pending | Approved | Executing | Ended | Closed
export type State = Request['state']

export type Step =
  | { readonly kind: 'claim'; readonly by: string }
  /** A vote was counted and more are needed. */
  | { readonly kind: 'vote' }
  /** `voters`: those whose votes still count now. */
  | {
      readonly kind: 'approve'
      readonly voters: readonly string[]
      readonly needed: number
      readonly revealUntil: number
    }
  /** One person acts alone; the approvers are told and a review stays open. */
  | {
      readonly kind: 'break-glass'
      readonly by: string
      readonly reason: string
      readonly skipped: readonly string[]
      readonly revealUntil: number
    }
  | { readonly kind: 'deny'; readonly by: string; readonly why: string }
  | { readonly kind: 'withdraw'; readonly by: string }
  | { readonly kind: 'expire'; readonly now: number }
  /** The plan had to be made again: the votes no longer count. */
  | {
      readonly kind: 'replan'
      readonly shown: Shown
      readonly digest: string
      readonly lasting: string
      readonly policyVersion: string
      readonly approvals: number
      readonly least: number
      readonly changed: readonly Fact[]
      readonly expiresAt: number
    }
  | { readonly kind: 'begin'; readonly now: number }
  /** Work in several steps goes on: the lease is extended. */
  | { readonly kind: 'renew'; readonly now: number }
  /** Its process died: another takes up the steps that are left. */
  | { readonly kind: 'resume'; readonly now: number }
  | {
      readonly kind: 'end'
      readonly as: Ended['state']
      readonly attempt: number
      readonly outcome: string
    }
  | { readonly kind: 'review'; readonly by: string }

/** Writes have a 12 s deadline (cognito.md 6.1); the lease leaves room beyond twice that. */
export const LEASE_MS = 30_000

/** The request after the step, or why the step does not apply. */
export type Advance = { readonly next: Request } | { readonly refused: string }

/** The whole life of a request. What is refused here no policy and no click can do. */
export function advance(request: Request, step: Step): Advance {
  switch (step.kind) {
    case 'claim':
      return whilePending(request, (pending) => claim(pending, step.by))
    case 'vote':
      return whilePending(request, moved)
    case 'approve':
      return whilePending(request, (pending) => approve(pending, step))
    case 'break-glass':
      return whilePending(request, (pending) => breakGlass(pending, step))
    case 'deny':
      return whilePending(request, (pending) => deny(pending, step.by, step.why))
    case 'withdraw':
      return whilePending(request, (pending) => withdraw(pending, step.by))
    case 'replan':
      return replan(request, step)
    case 'expire':
      return expire(request, step.now)
    case 'begin':
      return begin(request, step.now)
    case 'renew':
      return renew(request, step.now)
    case 'resume':
      return resume(request, step.now)
    case 'end':
      return end(request, step)
    case 'review':
      return review(request, step.by)
  }
}

/** The moment at which something has to happen by itself, in milliseconds since the epoch. */
export function deadlineOf(request: Request): number | undefined {
  switch (request.state) {
    case 'pending':
      return request.expiresAt
    case 'approved':
      return request.revealUntil
    case 'executing':
      return request.leaseUntil
    case 'done':
    case 'failed':
    case 'unknown':
    case 'denied':
    case 'withdrawn':
    case 'expired':
      return undefined
  }
}

/** How a state reads in a sentence. */
export const STATE_WORDS: Readonly<Record<State, string>> = {
  pending: 'waiting for approval',
  approved: 'approved',
  executing: 'being done',
  done: 'done',
  failed: 'not done',
  unknown: 'perhaps done',
  denied: 'denied',
  withdrawn: 'withdrawn',
  expired: 'expired',
}

const UNCHANGED = 'Nothing was changed.'

/** What a failed attempt says: that nothing was changed, once. */
export function failureText(outcome: string): string {
  return outcome.includes(UNCHANGED) ? outcome : `${outcome} ${UNCHANGED}`
}

type StepOf<K extends Step['kind']> = Extract<Step, { kind: K }>

const refused = (sentence: string): Advance => ({ refused: sentence })

function moved(next: Request): Advance {
  return { next: { ...next, version: next.version + 1 } }
}

function whilePending(request: Request, step: (pending: Pending) => Advance): Advance {
  return request.state === 'pending'
    ? step(request)
    : refused(`This request is no longer waiting: it is ${STATE_WORDS[request.state]}.`)
}

function claim(pending: Pending, by: string): Advance {
  if (by === pending.requester)
    return refused('This is your own request: somebody else has to look at it.')
  return moved({ ...pending, claimedBy: by })
}

function approve(pending: Pending, { voters, needed, revealUntil }: StepOf<'approve'>): Advance {
  if (voters.includes(pending.requester)) return refused('Nobody approves their own request.')
  if (new Set(voters).size < Math.max(1, needed)) return refused('The votes are not enough.')
  return moved(approved(pending, revealUntil))
}

function approved(pending: Pending, revealUntil: number): Approved {
  return { ...asked(pending), state: 'approved', revealUntil }
}

function breakGlass(pending: Pending, step: StepOf<'break-glass'>): Advance {
  const { by, reason, skipped, revealUntil } = step
  if (by !== pending.requester) return refused('Only the person who asked can break the glass.')
  const emergency = { reason, skipped, reviewedBy: undefined }
  return moved({ ...approved(pending, revealUntil), emergency })
}

function deny(pending: Pending, by: string, why: string): Advance {
  if (by === pending.requester) return refused('This is your own request: withdraw it instead.')
  return moved(closed(pending, 'denied', by, why))
}

function withdraw(pending: Pending, by: string): Advance {
  if (by !== pending.requester)
    return refused('Only the person who asked can withdraw the request.')
  return moved(closed(pending, 'withdrawn', by, 'Withdrawn by the person who asked.'))
}

function closed(
  request: Pending | Approved,
  state: Closed['state'],
  by: string | undefined,
  outcome: string,
): Closed {
  return { ...asked(request), state, by, outcome }
}

function expire(request: Request, now: number): Advance {
  if (request.state === 'pending' && request.expiresAt <= now)
    return moved(
      closed(
        request,
        'expired',
        undefined,
        'Nobody answered in time. Ask again if it is still needed.',
      ),
    )
  if (request.state === 'approved' && request.revealUntil <= now)
    return moved(
      closed(
        request,
        'expired',
        undefined,
        'It was approved and not used in time. Ask again if it is still needed.',
      ),
    )
  return refused('This request has not expired.')
}

function replan(request: Request, step: StepOf<'replan'>): Advance {
  if (request.state !== 'pending' && request.state !== 'approved')
    return refused(`This request is ${STATE_WORDS[request.state]}.`)
  const { kind: _kind, ...plan } = step
  return moved({
    ...asked(request),
    ...plan,
    state: 'pending',
    claimedBy: undefined,
    emergency: undefined,
    round: request.round + 1,
  })
}

/** First execution of what was approved, or a further reveal of a secret inside its window. */
function begin(request: Request, now: number): Advance {
  const again =
    request.state === 'done' || request.state === 'unknown' || request.state === 'failed'
  if (request.state !== 'approved' && !(again && request.secret))
    return refused(`This request is ${STATE_WORDS[request.state]}.`)
  if (request.secret && request.revealUntil <= now)
    return refused('The time to reveal is over. Ask again if it is still needed.')
  return moved({
    ...asked(request),
    state: 'executing',
    attempt: request.attempt + 1,
    leaseUntil: now + LEASE_MS,
    revealUntil: request.revealUntil,
  })
}

function renew(request: Request, now: number): Advance {
  if (request.state !== 'executing' || request.leaseUntil <= now)
    return refused('This attempt is no longer the current one.')
  return moved({ ...request, leaseUntil: now + LEASE_MS })
}

function resume(request: Request, now: number): Advance {
  if (request.state !== 'executing' || request.leaseUntil > now)
    return refused('This attempt is still under way.')
  return moved({ ...request, attempt: request.attempt + 1, leaseUntil: now + LEASE_MS })
}

function end(request: Request, { as, attempt, outcome }: StepOf<'end'>): Advance {
  if (request.state !== 'executing' || request.attempt !== attempt)
    return refused('This attempt is no longer the current one.')
  return moved({ ...asked(request), state: as, outcome, revealUntil: request.revealUntil })
}

function review(request: Request, by: string): Advance {
  const { emergency } = request
  if (!emergency) return refused('There is nothing to review here.')
  if (emergency.reviewedBy !== undefined) return refused('Somebody has closed this review already.')
  if (by === request.requester) return refused('Somebody else has to review this.')
  return moved({ ...request, emergency: { ...emergency, reviewedBy: by } })
}

/** The members that every state has, and no others. */
function asked(request: Request): Asked {
  const { id, operation, requester, pool, target, targetEmails, input, sent, shown } = request
  const { digest, lasting, policyVersion, approvals, least, secret, emergency } = request
  const { askedAt, version, round, attempt } = request
  return {
    id,
    operation,
    requester,
    pool,
    target,
    targetEmails,
    input,
    sent,
    shown,
    digest,
    lasting,
    policyVersion,
    approvals,
    least,
    secret,
    emergency,
    askedAt,
    version,
    round,
    attempt,
  }
}
