import type { AuditEntry } from '../../../src/core/audit.ts'
import type { JsonObject } from '../../../src/core/canonical.ts'
import { CloudFault } from '../../../src/core/cloud-fault.ts'
import type { FaultKind } from '../../../src/core/cloud-fault.ts'
import type {
  AuthFactors,
  FoundUser,
  PoolSnapshot,
  Sessions,
  User,
  UserGroup,
} from '../../../src/core/directory.ts'
import type { Mutation, Outcome, Prepared, Resolution } from '../../../src/core/operation.ts'
import type { Act, Inventory, Look, Pass, StepDone } from '../../../src/core/ports.ts'
import { Refusal } from '../../../src/core/refusal.ts'
import { actWith } from '../../fakes/act.ts'
import { STAGING, user } from '../../fakes/directory.ts'
import { INVENTORY, lookWith, NO_STEPS } from '../../fakes/look.ts'

/** 2026-11-26, noon. */
export const NOON = Date.UTC(2026, 10, 26, 12)
export const POOL = STAGING
/** What every form asks for besides its subject. */
export const ASKED = { pool: POOL.id, user: 'grace', reason: 'Ticket 7' }

interface Write {
  readonly call: string
  readonly username: string
  readonly sent?: unknown
}

const attribute = (Name: string, more: JsonObject = {}): JsonObject => ({
  Name,
  AttributeDataType: 'String',
  Mutable: true,
  Required: false,
  ...more,
})

export const SCHEMA: readonly JsonObject[] = [
  attribute('sub', { Mutable: false, Required: true }),
  ...['email', 'phone_number', 'name', 'given_name', 'preferred_username'].map((name) =>
    attribute(name),
  ),
  attribute('birthdate', { StringAttributeConstraints: { MinLength: '10', MaxLength: '10' } }),
  ...['email_verified', 'phone_number_verified'].map((name) =>
    attribute(name, { AttributeDataType: 'Boolean' }),
  ),
  attribute('custom:plan', { StringAttributeConstraints: { MinLength: '1', MaxLength: '8' } }),
  attribute('custom:seats', {
    AttributeDataType: 'Number',
    NumberAttributeConstraints: { MinValue: '1', MaxValue: '500' },
  }),
  attribute('custom:origin', { Mutable: false }),
  attribute('custom:role'),
]

/** The settings of a pool as far as its users are concerned. */
export const SETTINGS: JsonObject = { MfaConfiguration: 'OPTIONAL', SchemaAttributes: SCHEMA }

/** One pool and the users in it, in memory: what a look shows, and what was written. */
export class Ward {
  readonly users: User[] = []
  readonly writes: Write[] = []
  readonly mishaps: { readonly call: string; readonly kind: FaultKind }[] = []
  readonly groupsOf = new Map<string, readonly UserGroup[]>()
  readonly history: AuditEntry[] = []
  groups: readonly UserGroup[] = []
  found: readonly FoundUser[] = []
  sessions: Sessions = { tracked: false, why: 'This pool does not remember who is signed in.' }
  factors: AuthFactors | CloudFault | undefined
  settings: JsonObject = SETTINGS
  inventory: Inventory = INVENTORY
  /** Whether the person who looks sees personal data. */
  whole = true
  may: (operation: string) => boolean = () => true
  now = NOON
  request = 'this-request'

  add(username: string, about: Partial<User> = {}, ...groups: readonly UserGroup[]): User {
    const one = withAttributes(user(username, about))
    this.users.push(one)
    this.groupsOf.set(username, groups)
    return one
  }

  /** Takes out whoever has this username. */
  drop(username: string): void {
    this.users.splice(
      0,
      this.users.length,
      ...this.users.filter((one) => one.username !== username),
    )
  }

  change(username: string, about: Partial<User>): void {
    const old = this.users.find((one) => one.username === username)
    this.drop(username)
    if (old) this.users.push(withAttributes({ ...old, attributes: {}, ...about }))
  }

  snapshot(): PoolSnapshot {
    return { pool: POOL, settings: this.settings, mfa: {}, unknown: [], readAt: this.now }
  }

  look(given: Partial<Look> = {}): Look {
    return lookWith({
      inventory: this.inventory,
      request: this.request,
      now: () => this.now,
      pool: async () => POOL,
      described: async () => this.snapshot(),
      user: async (_pool, name) => this.#named(name),
      userGroups: async (_pool, name) => this.groupsOf.get(this.#named(name).username) ?? [],
      poolGroups: async () => this.groups,
      members: async (_pool, group) =>
        [...this.groupsOf].flatMap(([name, groups]) =>
          groups.some((one) => one.name === group) ? [name] : [],
        ),
      sessions: async () => this.sessions,
      factors: async (one) => {
        if (this.factors instanceof CloudFault) throw this.factors
        return this.factors ?? { configured: ['PASSWORD'], mfa: one.mfa, preferred: undefined }
      },
      find: async () => ({ rows: this.found, searched: 'e-mail begins with “x”', complete: true }),
      history: async ({ target }) =>
        this.history.filter((entry) => target === undefined || entry.target === target),
      seesPersonalData: () => this.whole,
      may: (operation) => this.may(operation),
      ...given,
    })
  }

  act(): Act {
    const perform = async (call: string, username: string, sent?: unknown) => {
      const at = this.mishaps.findIndex((mishap) => mishap.call === call)
      const [mishap] = at < 0 ? [] : this.mishaps.splice(at, 1)
      if (mishap) throw fault(mishap.kind, call)
      this.writes.push({ call, username, ...(sent === undefined ? {} : { sent }) })
    }
    return actWith(perform, {
      setAttributes: (one, sent) => perform('AdminUpdateUserAttributes', one.username, sent),
      removeAttributes: (one, sent) => perform('AdminDeleteUserAttributes', one.username, sent),
      addToGroup: (one, group) => perform('AdminAddUserToGroup', one.username, group),
      removeFromGroup: (one, group) => perform('AdminRemoveUserFromGroup', one.username, group),
      revokeSession: (one, session, linked) =>
        perform('AdminRevokeUserSession', one.username, { session, linked }),
      clearMfaPreference: (one, factors) =>
        perform('AdminSetUserMFAPreference', one.username, factors),
      createUser: async ({ username, attributes, invitation }, password) => {
        const secret = password !== undefined
        await perform('AdminCreateUser', username, { attributes, invitation, secret })
        return username
      },
    })
  }

  prepare(operation: Mutation, values: object): Promise<Prepared> {
    return operation.prepare(operation.input.parse({ ...ASKED, ...values }), this.look())
  }

  async carryOut(operation: Mutation, values: object, pass: Pass = NO_STEPS): Promise<Outcome> {
    return (await this.prepare(operation, values)).apply(this.act(), pass)
  }

  /** What a read tells after a lost answer; the attempt began at noon. */
  resolve(operation: Mutation, values: object, target = 'grace'): Promise<Resolution> {
    const attempted = {
      request: this.request,
      pool: POOL.id,
      target,
      since: NOON,
      image: undefined,
    }
    return operation.resolve({ ...ASKED, ...values }, attempted, this.look())
  }

  get calls(): readonly string[] {
    return this.writes.map(({ call }) => call)
  }

  #named(name: string): User {
    const one = this.users.find(({ username, sub, email }) => [username, sub, email].includes(name))
    if (one) return one
    throw new Refusal(`There is no such user in ${POOL.name}.`, { field: 'user' })
  }
}

/** The attributes that the rest of a user implies, besides those that are given. */
function withAttributes(one: User): User {
  const { email, emailVerified, phone, phoneVerified, name, sub, attributes = {} } = one
  const contacts = {
    ...(email === undefined ? {} : { email, email_verified: String(emailVerified) }),
    ...(phone === undefined
      ? {}
      : { phone_number: phone, phone_number_verified: String(phoneVerified) }),
    ...(name === undefined ? {} : { name }),
  }
  return { ...one, attributes: { sub, ...contacts, ...attributes } }
}

export function fault(kind: FaultKind, call: string): CloudFault {
  return new CloudFault(`The sentence for ${kind}.`, { kind, code: kind, call })
}

/** Everything that a plan says, in one text. */
export function said({ plan: { facts, warnings } }: Prepared): string {
  return [...facts.map(({ term, text }) => `${term}: ${text}`), ...warnings].join('\n')
}

/** Everything that an outcome says. */
export function told({ sentence, notes = [], facts = [], alarm = '' }: Outcome): string {
  return [sentence, alarm, ...notes, ...facts.map(({ term, text }) => `${term}: ${text}`)].join(
    '\n',
  )
}

/** Steps that are remembered, as the store keeps them. `known`: from an earlier attempt. */
export function passWith(known: ReadonlyMap<string, StepDone> = new Map()) {
  const steps = new Map(known)
  const pass: Pass = {
    steps,
    async run(key, work) {
      const old = steps.get(key)
      if (old) return old
      const done = await stepOf(work)
      steps.set(key, done)
      return done
    },
  }
  return { pass, steps }
}

async function stepOf(work: () => Promise<string>): Promise<StepDone> {
  try {
    return { as: 'done', sentence: await work() }
  } catch (error) {
    if (error instanceof Refusal) return { as: 'failed', sentence: error.message }
    if (!(error instanceof CloudFault)) throw error
    return { as: error.kind === 'unknown' ? 'unknown' : 'failed', sentence: error.message }
  }
}
