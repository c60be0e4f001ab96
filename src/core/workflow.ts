import type { EntryDraft } from './audit.ts'
import { canonical } from './canonical.ts'
import { CloudFault } from './cloud-fault.ts'
import type { PoolRef } from './directory.ts'
import { evidenceOf, execute } from './execution.ts'
import type { Ending } from './execution.ts'
import { mintedAt } from './ids.ts'
import type { Answer, Mutation, Operation, Prepared, Query, Values } from './operation.ts'
import { barred } from './person.ts'
import type { Standing } from './person.ts'
import type { Clock, Directory, Look, People, Policy, Store } from './ports.ts'
import { Refusal } from './refusal.ts'
import { advance, LEASE_MS } from './request.ts'
import type { Executing, Request } from './request.ts'
import { createRights } from './rights.ts'
import type { Rights } from './rights.ts'

export interface WorkflowParts {
  readonly operations: readonly Operation[]
  readonly directory: Directory
  readonly people: People
  readonly policy: Policy
  readonly store: Store
  readonly now: Clock
  /** The workspace whose members may use the bot. */
  readonly homeTeam: string
  readonly passwordLength: number
  /** Cognito groups whose members always need an approval. */
  readonly protectedGroups: readonly string[]
  /** Why nothing may be changed at present, if so. */
  readonly halted: () => string | undefined
  /** Told of each attempt that ended. */
  readonly onEnd: (operation: string, state: Ending['request']['state']) => void
}

/** A form as it was sent. The id was minted when the form opened. */
export interface Submission {
  readonly id: string
  readonly operation: Mutation
  readonly person: string
  /** Validated by the operation's input schema. */
  readonly values: Values
}

export type Submitted =
  | ({ readonly kind: 'ended' } & Ending)
  /** The same request came before: this is how it stands. */
  | { readonly kind: 'repeated'; readonly request: Request }

/** The life of a request over the ports. Refusals are thrown, and audited here. */
export interface Workflow {
  readonly rights: Rights
  /** Throws the refusal for people whom no policy can let in. */
  admit(standing: Standing): void
  answer(operation: Query, standing: Standing, values: Values): Promise<Answer>
  submit(submission: Submission): Promise<Submitted>
  /** Records whether the requester has been shown the secret. */
  revealed(request: Request, shown: boolean): Promise<void>
  /** Records a refusal that was given before a request existed. */
  refused(actor: string, refusal: Refusal, about?: Partial<EntryDraft>): Promise<void>
  /** Ends requests whose attempt never reported back. */
  recover(): Promise<number>
}

export function createWorkflow(parts: WorkflowParts): Workflow {
  const { directory, people, store, now } = parts
  const rights = createRights(parts.operations, parts.policy, directory.pools)

  const look = (standing: Standing): Look => ({
    standing,
    passwordLength: parts.passwordLength,
    now,
    pool: async (id) => directory.pool(id),
    user: async (pool, name) => directory.user(pool, name),
    permitted: () => rights.permitted(standing),
  })

  const admit = (standing: Standing) => {
    const why = barred(standing.person, parts.homeTeam)
    if (why) throw new Refusal(why)
  }

  const place = (values: Values): PoolRef => {
    const pool = directory.pools.get(String(values['pool']))
    if (!pool)
      throw new Refusal('Lifeguard does not manage this pool. Choose one from the list.', {
        field: 'pool',
      })
    return pool
  }

  const mayRun = (standing: Standing, operation: Operation, pool: PoolRef, values: Values) => {
    const verdict = rights.verdict(standing, operation, pool, values)
    if (verdict.kind === 'run') return
    const { policies } = verdict
    if (verdict.kind === 'refuse') throw new Refusal(verdict.sentence, { policies })
    throw new Refusal(`${verdict.sentence} ${NOBODY_ASKED}`, {
      policies,
      approvals: verdict.approvals,
    })
  }

  /** Hard rule: members of protected groups are never changed on one person's word. */
  const guardProtected = async (values: Values, pool: PoolRef) => {
    if (parts.protectedGroups.length === 0) return undefined
    const typed = String(values['user'])
    const name = directory.knownUser(pool.id, typed)?.username ?? typed
    return { name, groups: await directory.groups(pool.id, name) }
  }

  const refuseProtected = async (
    seen: Awaited<ReturnType<typeof guardProtected>>,
    { plan }: Prepared,
  ) => {
    if (!seen) return
    // An alias may have been moved between the two reads: ask again by the name that will be written to.
    const exact = [plan.target.username, plan.target.sub].includes(seen.name)
    const groups = exact ? seen.groups : await directory.groups(plan.pool.id, plan.target.username)
    const found = groups.find((group) => parts.protectedGroups.includes(group))
    if (found !== undefined)
      throw new Refusal(protectedSentence(plan.target.label, found), { approvals: 1 })
  }

  const prepare = async (submission: Submission, standing: Standing, pool: PoolRef) => {
    const [prepared, seen] = await Promise.all([
      submission.operation.prepare(submission.values, look(standing)),
      guardProtected(submission.values, pool),
    ])
    await refuseProtected(seen, prepared)
    return prepared
  }

  const run = async (submission: Submission): Promise<Submitted> => {
    const openedAt = mintedAt(submission.id)
    if (openedAt === undefined) throw new Refusal('This form is not one of mine. Open it again.')
    const known = await store.request(submission.id)
    if (known) return repeated(known, submission)

    const standing = await people.fresh(submission.person, openedAt)
    admit(standing)
    const halted = parts.halted()
    if (halted) throw new Refusal(halted)
    const pool = place(submission.values)
    mayRun(standing, submission.operation, pool, submission.values)
    const prepared = await prepare(submission, standing, pool)

    const request = requestOf(submission, prepared, parts.policy.version, now())
    const before = await store.open(request, intentOf(request, standing))
    if (before) return repeated(before, submission)
    const ending = await execute(request, prepared, standing.person, { directory, store, now })
    parts.onEnd(request.operation, ending.request.state)
    return { kind: 'ended', ...ending }
  }

  const refused: Workflow['refused'] = async (actor, refusal, about = {}) =>
    store.append({
      ...about,
      event: refusal.approvals === undefined ? 'refused' : 'needs-approval',
      actor,
      outcome: refusal.message,
      details: {
        ...about.details,
        policies: refusal.policies,
        policyVersion: parts.policy.version,
      },
    })

  return {
    rights,
    admit,
    refused,

    async answer(operation, standing, values) {
      admit(standing)
      if (operation.pooled) mayRun(standing, operation, place(values), values)
      return operation.answer(values, look(standing))
    },

    async submit(submission) {
      try {
        return await run(submission)
      } catch (error) {
        if (error instanceof Refusal) await refused(submission.person, error, aboutOf(submission))
        if (error instanceof CloudFault)
          await refused(submission.person, new Refusal(error.message), aboutOf(submission))
        throw error
      }
    },

    async revealed(request, shown) {
      const { id, operation, requester, pool, target } = request
      await store.append({
        event: shown ? 'revealed' : 'not-revealed',
        request: id,
        operation,
        actor: requester,
        pool,
        target,
        outcome: shown
          ? 'Shown once to the person who asked.'
          : 'The password was set but could not be shown. Run the command again for a new one.',
      })
    },

    async recover() {
      const abandoned = await store.abandoned(now())
      const ended = await Promise.all(abandoned.map(async (request) => endUnknown(request, store)))
      return ended.filter(Boolean).length
    },
  }
}

const NOBODY_ASKED =
  'Lifeguard cannot collect approvals yet, so nobody was asked. Ask a Cognito admin to do it in AWS.'

function protectedSentence(label: string, group: string): string {
  return `${label} is in the protected group ${group}, so this needs an approval. ${NOBODY_ASKED}`
}

function repeated(known: Request, submission: Submission): Submitted {
  const same =
    known.requester === submission.person &&
    known.operation === submission.operation.name &&
    canonical(known.input) === canonical(submission.values)
  if (!same) throw new Refusal('This form was already sent with other values. Open it again.')
  return { kind: 'repeated', request: known }
}

function requestOf(
  submission: Submission,
  prepared: Prepared,
  policyVersion: string,
  at: number,
): Executing {
  return {
    id: submission.id,
    operation: submission.operation.name,
    requester: submission.person,
    pool: prepared.plan.pool.id,
    target: prepared.plan.target.username,
    input: submission.values,
    digest: prepared.digest,
    policyVersion,
    askedAt: at,
    version: 1,
    attempt: 1,
    state: 'executing',
    leaseUntil: at + LEASE_MS,
  }
}

function intentOf(request: Executing, standing: Standing): EntryDraft {
  return {
    event: 'intent',
    request: request.id,
    operation: request.operation,
    actor: request.requester,
    pool: request.pool,
    target: request.target,
    details: {
      ...evidenceOf(request.input),
      digest: request.digest,
      policyVersion: request.policyVersion,
      groups: standing.groups,
      rightsReadAt: new Date(standing.readAt).toISOString(),
    },
  }
}

function aboutOf({ id, operation, values }: Submission): Partial<EntryDraft> {
  return {
    request: id,
    operation: operation.name,
    pool: String(values['pool']),
    target: String(values['user']),
    details: evidenceOf(values),
  }
}

async function endUnknown(request: Executing, store: Store): Promise<boolean> {
  const outcome =
    'Lifeguard stopped before it knew the result: the user may have been changed. Look at the user, then run the command again.'
  const ended = advance(request, { kind: 'end', as: 'unknown', attempt: request.attempt, outcome })
  if (!ended) return false
  const { id, operation, requester, pool, target } = request
  return store.swap(request, ended, {
    event: 'unknown',
    request: id,
    operation,
    actor: requester,
    pool,
    target,
    outcome,
  })
}
