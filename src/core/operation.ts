import type { z } from 'zod'
import type { PoolProfile, PoolRef, UserSummary } from './directory.ts'
import type { Act, Look, Reads } from './ports.ts'
import type { Secret } from './secret.ts'
import { digestOf } from './canonical.ts'

/** `support` helps one user, `change` alters settings, `destroy` cannot be taken back. */
export type Risk = 'support' | 'change' | 'destroy'

/** One line of a plan or an answer: what it is about, and what is said of it. */
export interface Fact {
  readonly term: string
  readonly text: string
  /** How things stand now: carrying out the plan changes it. */
  readonly state?: true
}

/** A command as typed after `/cognito`, and the fields it fills. Printed in help and run by a test. */
export interface Example {
  readonly typed: string
  readonly means: Readonly<Record<string, string>>
}

/** What a query says: a heading, lines, and a closing remark. */
export interface Answer {
  readonly heading: string
  readonly facts: readonly Fact[]
  readonly note?: string
}

/** The one user a plan is about; `sub` never changes, unlike names and addresses. */
export interface Target {
  readonly username: string
  readonly sub: string
  readonly label: string
  readonly email: string | undefined
}

/** What a mutation would do, for a person to read. Every fact that `apply` depends on is in it. */
export interface Plan {
  readonly pool: PoolRef
  readonly target: Target
  readonly facts: readonly Fact[]
  readonly warnings: readonly string[]
  /** Carrying it out yields a secret, for the requester alone. */
  readonly secret: boolean
}

/** What a stored request tells a resolver: `since` is when its attempt began, milliseconds since the epoch. */
export interface Attempted {
  readonly pool: string
  readonly target: string
  readonly since: number
}

/** What became of an attempt whose answer was lost. */
export type Resolution = 'applied' | 'not-applied' | 'unknown'

/** What happened, for the requester. A secret is shown once, to them alone. */
export interface Outcome {
  readonly sentence: string
  readonly notes?: readonly string[]
  readonly secret?: Secret
}

/** What the form may say once a pool or a user is chosen, from what the search already showed. */
export interface Advice {
  readonly notes: readonly string[]
  /** For a choice field: the values that make sense here, best first. Absent: all of them. */
  readonly offers?: Readonly<Record<string, readonly string[]>>
}

export interface Known {
  readonly pool: PoolProfile | undefined
  readonly user: UserSummary | undefined
}

/** Values as a form or a command gives them: not yet validated. */
export type Values = Readonly<Record<string, unknown>>

interface Spec<S extends z.ZodObject> {
  readonly name: string
  /** Heading of its form, at most 24 characters. */
  readonly title: string
  readonly summary: string
  readonly input: S
  readonly examples: readonly Example[]
  /** Choice fields of `input` that the policy may read as `context.<field>`. */
  readonly attributes?: readonly (keyof z.infer<S> & string)[]
}

interface QuerySpec<S extends z.ZodObject> extends Spec<S> {
  answer(input: z.infer<S>, look: Look): Promise<Answer>
}

interface MutationSpec<S extends z.ZodObject, P extends Plan> extends Spec<S> {
  readonly risk: Risk
  /** The form's submit button, at most 24 characters. */
  readonly button: string
  /** Reads only: `Look` has no way to a write. */
  plan(input: z.infer<S>, look: Look): Promise<P>
  apply(plan: P, act: Act): Promise<Outcome>
  /** After an answer was lost: what a read can tell. Absent: nothing can. */
  resolve?(values: Values, attempted: Attempted, reads: Reads): Promise<Resolution>
  advise?(known: Known): Advice
}

/** What everybody may know about an operation: help, forms, policy schema and docs derive from it. */
export interface Facts {
  readonly name: string
  readonly title: string
  readonly summary: string
  readonly risk: 'read' | Risk
  readonly input: z.ZodObject
  readonly examples: readonly Example[]
  readonly attributes: readonly string[]
  /** About one pool: the policy decides. Otherwise about the bot itself: open to every member. */
  readonly pooled: boolean
}

export interface Query extends Facts {
  readonly kind: 'query'
  answer(values: Values, look: Look): Promise<Answer>
}

/** A plan made, its digest, and the one way to carry it out. */
export interface Prepared {
  readonly plan: Plan
  readonly digest: string
  /** Digest of what is the same after an attempt: whom it concerns and what would happen. */
  readonly lasting: string
  apply(act: Act): Promise<Outcome>
}

export interface Mutation extends Facts {
  readonly kind: 'mutation'
  readonly button: string
  advise(known: Known): Advice
  prepare(values: Values, look: Look): Promise<Prepared>
  resolve(values: Values, attempted: Attempted, reads: Reads): Promise<Resolution>
}

export type Operation = Query | Mutation

function factsOf<S extends z.ZodObject>(spec: Spec<S>, risk: Facts['risk']): Facts {
  const { name, title, summary, input, examples, attributes = [] } = spec
  return { name, title, summary, risk, input, examples, attributes, pooled: 'pool' in input.shape }
}

/** Something that only reads. */
export function query<S extends z.ZodObject>(spec: QuerySpec<S>): Query {
  return {
    ...factsOf(spec, 'read'),
    kind: 'query',
    answer: async (values, look) => spec.answer(spec.input.parse(values), look),
  }
}

/** Something that changes. The types of input and plan never leave this scope, so a list needs no cast. */
export function mutation<S extends z.ZodObject, P extends Plan>(
  spec: MutationSpec<S, P>,
): Mutation {
  return {
    ...factsOf(spec, spec.risk),
    kind: 'mutation',
    button: spec.button,
    advise: (known) => spec.advise?.(known) ?? { notes: [] },
    resolve: async (values, attempted, reads) =>
      (await spec.resolve?.(values, attempted, reads)) ?? 'unknown',
    prepare: async (values, look) => {
      const plan = await spec.plan(spec.input.parse(values), look)
      const { pool, target, facts, warnings } = plan
      const whom = { operation: spec.name, pool: pool.id, sub: target.sub }
      const digest = digestOf({ ...whom, facts, warnings })
      const lasting = digestOf({ ...whom, facts: facts.filter(({ state }) => !state) })
      return { plan, digest, lasting, apply: async (act) => spec.apply(plan, act) }
    },
  }
}
