import type { z } from 'zod'
import type { Json } from './canonical.ts'
import { digestOf } from './canonical.ts'
import type { PoolProfile, PoolRef, PoolSnapshot, UserSummary } from './directory.ts'
import type { Choice } from './field.ts'
import { fieldsOf } from './field.ts'
import type { Act, Look, Pass, Reads } from './ports.ts'
import type { Secret } from './secret.ts'

/** `support` helps one user, `change` alters settings, `destroy` cannot be taken back. */
export type Risk = 'support' | 'change' | 'destroy'

/** One line of a plan or an answer: what it is about, and what is said of it. */
export interface Fact {
  readonly term: string
  readonly text: string
  /** How things stand now: carrying out the plan changes it. */
  readonly state?: true
  /** Who did it: a Slack user id, shown as a mention. */
  readonly by?: string
}

/** A command as typed after `/cognito`, and the fields it fills. Printed in help and run by a test. */
export interface Example {
  readonly typed: string
  readonly means: Readonly<Record<string, string>>
}

/** An operation that makes sense next, its form filled as far as it goes. Left out for people who may not use it. */
export interface Link {
  readonly label: string
  readonly operation: string
  readonly values: Readonly<Record<string, string>>
}

/** One of several things found. */
export interface Row {
  readonly title: string
  readonly text: string
  readonly link?: Link
  /** Who did it: a Slack user id, shown as a mention. Such a row has no link. */
  readonly by?: string
}

/** Facts that belong together. */
export interface Part {
  readonly heading: string
  readonly facts: readonly Fact[]
}

/** Whose data an answer shows: a user of a pool, or several of its users. */
export interface Subject {
  /** Pool id. */
  readonly pool: string
  /** A username. */
  readonly target?: string
}

/** What a query says: a heading, what to beware of, lines, and a closing remark. */
export interface Answer {
  readonly heading: string
  readonly warnings?: readonly string[]
  readonly facts: readonly Fact[]
  readonly rows?: readonly Row[]
  readonly parts?: readonly Part[]
  readonly note?: string
  readonly links?: readonly Link[]
  /** The pools, and the user, whose data were shown: such an answer is audited, once for each. */
  readonly about?: Subject | readonly Subject[]
}

/** What a plan is about: a user, several, or a pool. */
export interface Target {
  /** What the API calls it: a username, a pool's name. */
  readonly name: string
  /** What never changes, unlike names and addresses: a `sub`, a pool id. */
  readonly id: string
  /** As a person would name it. */
  readonly label: string
  /** E-mail addresses of the users concerned: whoever has one of them must not decide. */
  readonly emails: readonly string[]
}

/** What a mutation would do, for a person to read. Every fact that `apply` depends on is in it. */
export interface Plan {
  readonly pool: PoolRef
  readonly target: Target
  readonly facts: readonly Fact[]
  readonly warnings: readonly string[]
  /** Carrying it out yields a secret, for the requester alone. */
  readonly secret: boolean
  /** Approvals without which it is never carried out, whatever the policy says. */
  readonly least?: number
  /** What is kept as the request's input instead of what the form gave. */
  readonly keep?: Values
  /** Digest of whatever the plan was made from beyond its facts: if it differs later, so does the plan. */
  readonly basis?: string
  /** The pool as it was: kept with the request. */
  readonly image?: PoolSnapshot
}

/** What a stored request tells a resolver: `since` is when its attempt began, milliseconds since the epoch. */
export interface Attempted {
  readonly request: string
  readonly pool: string
  readonly target: string
  readonly since: number
  /** The pool as it was right before the attempt, when the plan kept it. */
  readonly image: PoolSnapshot | undefined
}

/** What became of an attempt whose answer was lost. */
export type Resolution = 'applied' | 'not-applied' | 'unknown'

/** What happened, for the requester. A secret is shown once, to them alone. */
export interface Outcome {
  readonly sentence: string
  /** Work in several steps of which some failed, or may have. Default: done. */
  readonly as?: 'done' | 'failed' | 'unknown'
  readonly notes?: readonly string[]
  readonly facts?: readonly Fact[]
  /** What is not as it should be although the work is done: shown loudly and audited. */
  readonly alarm?: string
  readonly secret?: Secret
  /** The pool as it is now: kept with the request. */
  readonly image?: PoolSnapshot
  readonly links?: readonly Link[]
}

/** What the form may say once a pool or a user is chosen, from what the search already showed. */
export interface Advice {
  readonly notes: readonly string[]
  /** For a choice field: the values that make sense here, best first. Absent: all of them. */
  readonly offers?: Readonly<Record<string, readonly string[]>>
}

/** What memory holds about what is chosen in a form. */
export interface Known {
  readonly pool: PoolProfile | undefined
  readonly user: UserSummary | undefined
  /** For each pool field: the settings of the pool that is chosen in it. */
  readonly snapshots: Readonly<Record<string, PoolSnapshot | undefined>>
}

/** Values as a form or a command gives them: not yet validated. */
export type Values = Readonly<Record<string, unknown>>

/** What somebody can pick in a field, found out when they open it. */
export type Options = (values: Values, look: Look, typed: string) => Promise<readonly Choice[]>

interface Spec<S extends z.ZodObject> {
  readonly name: string
  /** Heading of its form, at most 24 characters. */
  readonly title: string
  readonly summary: string
  readonly input: S
  readonly examples: readonly Example[]
  /** Choice fields of `input` that the policy may read as `context.<field>`. */
  readonly attributes?: readonly (keyof z.infer<S> & string)[]
  /** Fields that the words of a command fill, in order; an optional pool is passed over. Default: `pool`, `user`. */
  readonly words?: readonly (keyof z.infer<S> & string)[]
  /** About every pool that the person may use it on, although its form asks for none. */
  readonly everywhere?: boolean
  /** Where it would happen, when that is not a pool that exists. */
  place?(values: Values): PoolRef | undefined
  /** The fields that the form shows for what is filled in. Default: all. */
  shows?(values: Values): readonly string[]
  /** What the form starts from; `chosen` is the field that was just filled, if it was. What is given here replaces what stands in the form. */
  prefill?(values: Values, known: Known, chosen?: string): Values
  /** For each `pick` field: what can be picked. */
  readonly options?: Readonly<Record<string, Options>>
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
  /** `pass` remembers what was done of work in several steps, over a crash too. */
  apply(plan: P, act: Act, pass: Pass): Promise<Outcome>
  /** Work in several steps that a later attempt may take up where an earlier one stopped. */
  readonly resumable?: boolean
  /** After an answer was lost: what a read can tell. Absent: nothing can. */
  resolve?(values: Values, attempted: Attempted, reads: Reads): Promise<Resolution>
  advise?(known: Known, values: Values): Advice
  /** What differs from the pool that was looked at when the request was made. */
  drift?(image: PoolSnapshot, plan: P): readonly Fact[]
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
  readonly words: readonly string[]
  /** About pools: the policy decides. Otherwise about the bot itself: open to every member. */
  readonly pooled: boolean
  /** It needs one pool to be about: chosen in its form, or to be made. */
  readonly placed: boolean
}

/** How the form of an operation behaves. */
export interface FormRules {
  place(values: Values): PoolRef | undefined
  shows(values: Values): readonly string[]
  /** Its form starts from settings, which may have to be read first. */
  readonly prefills: boolean
  prefill(values: Values, known: Known, chosen?: string): Values
  options(field: string): Options | undefined
}

export interface Query extends Facts, FormRules {
  readonly kind: 'query'
  answer(values: Values, look: Look): Promise<Answer>
}

/** A plan made, its digest, and the one way to carry it out. */
export interface Prepared {
  readonly plan: Plan
  readonly digest: string
  /** Digest of what is the same after an attempt: whom it concerns and what would happen. */
  readonly lasting: string
  apply(act: Act, pass: Pass): Promise<Outcome>
  drift(image: PoolSnapshot): readonly Fact[]
}

export interface Mutation extends Facts, FormRules {
  readonly kind: 'mutation'
  readonly button: string
  readonly resumable: boolean
  advise(known: Known, values: Values): Advice
  prepare(values: Values, look: Look): Promise<Prepared>
  resolve(values: Values, attempted: Attempted, reads: Reads): Promise<Resolution>
}

export type Operation = Query | Mutation

const COMMAND_WORDS = ['pool', 'user']

function factsOf<S extends z.ZodObject>(spec: Spec<S>, risk: Facts['risk']): Facts {
  const { name, title, summary, input, examples, attributes = [], everywhere = false } = spec
  const placed = spec.place !== undefined || ('pool' in input.shape && !everywhere)
  const words = spec.words ?? COMMAND_WORDS.filter((word) => word in input.shape)
  const pooled = placed || everywhere
  return { name, title, summary, risk, input, examples, attributes, words, pooled, placed }
}

function formRulesOf<S extends z.ZodObject>(spec: Spec<S>): FormRules {
  return {
    place: (values) => spec.place?.(values),
    shows: (values) => spec.shows?.(values) ?? [...fieldsOf(spec.input).keys()],
    prefills: spec.prefill !== undefined,
    prefill: (values, known, chosen) => spec.prefill?.(values, known, chosen) ?? {},
    options: (field) => spec.options?.[field],
  }
}

/** Something that only reads. */
export function query<S extends z.ZodObject>(spec: QuerySpec<S>): Query {
  return {
    ...factsOf(spec, 'read'),
    ...formRulesOf(spec),
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
    ...formRulesOf(spec),
    kind: 'mutation',
    button: spec.button,
    resumable: spec.resumable ?? false,
    advise: (known, values) => spec.advise?.(known, values) ?? { notes: [] },
    resolve: async (values, attempted, reads) =>
      (await spec.resolve?.(values, attempted, reads)) ?? 'unknown',
    prepare: async (values, look) => {
      const plan = await spec.plan(spec.input.parse(values), look)
      const { pool, target, facts, warnings, basis = null } = plan
      const whom = { operation: spec.name, pool: pool.id, id: target.id }
      return {
        plan,
        digest: digestOf({ ...whom, facts, warnings, basis: basis as Json }),
        lasting: digestOf({ ...whom, facts: facts.filter(({ state }) => !state) }),
        apply: async (act, pass) => spec.apply(plan, act, pass),
        drift: (image) => spec.drift?.(image, plan) ?? [],
      }
    },
  }
}
