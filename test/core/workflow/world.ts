import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditEntry } from '../../../src/core/audit.ts'
import type { CardModel, Note } from '../../../src/core/board.ts'
import { CloudFault } from '../../../src/core/cloud-fault.ts'
import type { PoolProfile, PoolRef, User } from '../../../src/core/directory.ts'
import { createIds } from '../../../src/core/ids.ts'
import type { Operation } from '../../../src/core/operation.ts'
import type { Standing } from '../../../src/core/person.ts'
import type { Ceiling, Directory, People, Policy, Store } from '../../../src/core/ports.ts'
import { Refusal } from '../../../src/core/refusal.ts'
import { shortDigest } from '../../../src/core/vote.ts'
import { createWorkflow } from '../../../src/core/workflow/create.ts'
import type { WorkflowParts } from '../../../src/core/workflow/create.ts'
import type { Workflow } from '../../../src/core/workflow/workflow.ts'
import { resetPassword } from '../../../src/operations/users/reset-password.ts'
import { actWith } from '../../fakes/act.ts'
import { directoryWith, INVENTORY } from '../../fakes/look.ts'
import { loadPolicy } from '../../../src/policy/load.ts'
import { openStore } from '../../../src/store/store.ts'
import type { SqlStore } from '../../../src/store/store.ts'

const POOL: PoolRef = {
  id: 'eu-west-1_PROD00001',
  name: 'customers',
  environment: 'prod',
  account: 'main',
  region: 'eu-west-1',
}

/** Where one person may act alone. */
export const DEV: PoolRef = {
  ...POOL,
  id: 'eu-west-1_DEV000001',
  name: 'dev-customers',
  environment: 'dev',
}
const POOLS = [POOL, DEV]

const TEXT = `
@id("support-helps") permit (principal in Group::"support", action in [Action::"read", Action::"support"], resource);
@id("never-permanent") forbid (principal, action == Action::"reset-password", resource) when { context.method == "permanent" };
@id("prod-needs-two") forbid (principal, action in [Action::"support"], resource) when { resource.env == Env::"prod" && context.approvals < 2 };
@id("admins-approve") permit (principal in Group::"cognito-admins", action == Action::"approve", resource);
@id("leads-break-glass") permit (principal in Group::"leads", action == Action::"break-glass", resource);
`

const GROUPS = ['support', 'cognito-admins', 'leads']
export const MINUTE = 60_000

/** How a call of Cognito ends. `lost` takes effect, and nobody hears of it. */
export type Fate = 'ok' | 'refused' | 'throttled' | 'lost' | 'never-sent'

/** What stands outside the workflow: it survives a crash of the bot. */
export interface World {
  now: number
  readonly folder: string
  /** Slack user id to groups. */
  readonly people: Map<
    string,
    { groups: string[]; email?: string; guest?: boolean; unknown?: boolean }
  >
  readonly users: Map<string, User>
  /** Every write that took effect, in order. */
  readonly writes: { readonly call: string; readonly username: string }[]
  /** Fates of the next write calls; `ok` when empty. */
  readonly fates: Fate[]
  readonly cards: CardModel[]
  readonly nudges: { readonly request: string; readonly groups: readonly string[] }[]
  readonly notes: Note[]
  /** Cognito groups by username. */
  readonly cognitoGroups: Map<string, string[]>
  policyText: string
  halted: string | undefined
  ceilings: readonly Ceiling[]
  close(): Promise<void>
}

const AT = Date.UTC(2026, 5, 1, 9)

export async function makeWorld(): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'lifeguard-world-'))
  return {
    now: AT,
    folder,
    people: new Map([
      ['U0ADA', { groups: ['support'] }],
      ['U0EVE', { groups: ['support', 'cognito-admins'], email: 'eve@example.com' }],
      ['U0GRACE', { groups: ['cognito-admins'] }],
      ['U0JOAN', { groups: ['cognito-admins'] }],
      ['U0LEA', { groups: ['support', 'leads'] }],
    ]),
    users: new Map(['grace', 'eve'].map((name) => [name, userNamed(name)])),
    writes: [],
    fates: [],
    cards: [],
    nudges: [],
    notes: [],
    cognitoGroups: new Map(),
    policyText: TEXT,
    halted: undefined,
    ceilings: [],
    close: () => rm(folder, { recursive: true, force: true }),
  }
}

export function userNamed(name: string): User {
  return {
    pool: POOL,
    username: name,
    sub: `00000000-0000-4000-8000-${name.padStart(12, '0')}`,
    status: 'CONFIRMED',
    enabled: true,
    email: `${name}@example.com`,
    emailVerified: true,
    phone: undefined,
    phoneVerified: false,
    name: undefined,
    mfa: [],
    modifiedAt: new Date(0),
  }
}

/** One process of the bot in that world. `at` is told of each use of a port before it happens. */
export interface Bot {
  readonly workflow: Workflow
  readonly store: SqlStore
  /** Does every job that is due now, and those that follow from them. */
  settle(): Promise<void>
  entries(): Promise<readonly AuditEntry[]>
  close(): Promise<void>
}

type Watch = (port: string) => Promise<void>

export async function startBot(world: World, at: Watch = async () => undefined): Promise<Bot> {
  const store = await openStore({ folder: world.folder, now: () => world.now })
  const watched = watching(store, at)
  const parts: WorkflowParts = {
    operations: [resetPassword] as readonly Operation[],
    directory: directoryIn(world, at),
    people: peopleIn(world, at),
    policy: policyIn(world),
    store: watched,
    board: {
      async draw(card) {
        await at('board.draw')
        world.cards.push(card)
      },
      async nudge({ request }, _text, groups) {
        await at('board.nudge')
        world.nudges.push({ request: request.id, groups })
      },
      async tell(note) {
        await at('board.tell')
        world.notes.push(note)
      },
    },
    now: () => world.now,
    homeTeam: 'T1',
    inventory: { ...INVENTORY, protectedGroups: ['admins'] },
    times: {
      expireAfterMs: 240 * MINUTE,
      remindAfterMs: 30 * MINUTE,
      revealWithinMs: 15 * MINUTE,
      escalation: { afterMs: 60 * MINUTE, group: 'leads' },
    },
    ceilings: () => world.ceilings,
    halted: () => world.halted,
    breathe: async () => undefined,
    onEnd: () => undefined,
  }
  const workflow = createWorkflow(parts)
  return {
    workflow,
    store,
    async settle() {
      for (;;) {
        const jobs = await watched.take(world.now, 10, 60_000)
        if (jobs.length === 0) return
        for (const job of jobs) {
          await workflow.work(job)
          await watched.finish(job)
        }
      }
    },
    entries: () => store.entries({ from: 1, limit: 10_000 }),
    close: () => store.close(),
  }
}

/** Tells of every method of the store that is used. */
function watching(store: SqlStore, at: Watch): Store {
  return new Proxy(store, {
    get(target, name: keyof SqlStore) {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return async (...given: unknown[]) => {
        await at(`store.${name}`)
        const result: unknown = await Reflect.apply(member, target, given)
        await at(`store.${name} done`)
        return result
      }
    },
  })
}

const policies = new Map<string, Policy>()

/** The real policy engine: loaded once for each text. */
function policyIn(world: World): Policy {
  const load = (text: string) => {
    const accounts = [{ name: 'main', regions: ['eu-west-1'] }]
    const source = {
      text,
      path: 'policy.cedar',
      groups: GROUPS,
      environments: ['dev', 'prod'],
      accounts,
    }
    const loaded = policies.get(text) ?? loadPolicy({ ...source, operations: [resetPassword] })
    policies.set(text, loaded)
    return loaded
  }
  const current = () => load(world.policyText)
  return {
    get version() {
      return current().version
    },
    get readsPoolIdentity() {
      return current().readsPoolIdentity
    },
    decide: (question) => current().decide(question),
    judge: (question) => current().judge(question),
    mayApprove: (ballot) => current().mayApprove(ballot),
    couldApprove: (ballot) => current().couldApprove(ballot),
    mayBreakGlass: (ballot) => current().mayBreakGlass(ballot),
  }
}

function peopleIn(world: World, at: Watch): People {
  const standing = (id: string): Standing | undefined => {
    const known = world.people.get(id)
    if (!known || known.unknown) return undefined
    const person = { id, team: 'T1', name: id, email: known.email, guest: known.guest ?? false }
    return {
      person: { ...person, external: false, deactivated: false, bot: false },
      groups: [...known.groups],
      readAt: world.now,
    }
  }
  return {
    known: standing,
    refresh: () => undefined,
    async fresh(id) {
      await at('people.fresh')
      const found = standing(id)
      if (!found) throw new Refusal('Slack could not confirm who you are just now.')
      return found
    },
    members: () => [...world.people.keys()].flatMap((id) => standing(id) ?? []),
  }
}

function directoryIn(world: World, at: Watch): Directory {
  const profile: PoolProfile = {
    ...POOL,
    passwordPolicy: { MinimumLength: 8 },
    temporaryPasswordDays: 7,
    recovery: ['verified_email'],
  }
  const find = async (name: string): Promise<User> => {
    await at('cognito.read')
    const user = world.users.get(name)
    if (!user) throw new Refusal('There is no such user.', { field: 'user' })
    return user
  }
  const write = async (call: string, username: string, effect: () => void) => {
    const fate = world.fates.shift() ?? 'ok'
    if (fate === 'ok' || fate === 'lost') {
      world.writes.push({ call, username })
      effect()
    }
    await at(`cognito.${call} done`)
    const kind = (
      {
        refused: 'refused',
        throttled: 'throttled',
        lost: 'unknown',
        'never-sent': 'not-sent',
      } as const
    )[fate as Exclude<Fate, 'ok'>]
    if (fate !== 'ok') throw new CloudFault(`Cognito: ${fate}.`, { kind, code: fate, call })
  }
  return directoryWith({
    pools: {
      get: (id) => POOLS.find((pool) => pool.id === id),
      named: (name) => POOLS.filter((pool) => pool.name === name),
      search: () => POOLS,
      all: () => POOLS,
      refreshedAt: () => 1,
    },
    pool: async () => profile,
    prefetch: () => undefined,
    knownPool: () => profile,
    user: async (_pool, name) => find(name),
    search: async () => [],
    knownUser: () => undefined,
    userGroups: async (_pool, name) =>
      (world.cognitoGroups.get(name) ?? []).map((group) => ({ name: group })),
    act: (_person, witness) => {
      const become = (name: string, username: string) => {
        const user = world.users.get(username)
        const status = AFTER[name]
        if (user && status)
          world.users.set(username, { ...user, status, modifiedAt: new Date(world.now) })
      }
      const call = async (name: string, username: string, effect: () => void) => {
        await witness.before(name)
        await at(`cognito.${name}`)
        let error: string | undefined = 'UnknownError'
        try {
          await write(name, username, effect)
          error = undefined
        } finally {
          witness.after({ call: name, awsRequestId: `aws-${world.writes.length}`, ms: 1, error })
        }
      }
      return actWith((name, username) => call(name, username, () => become(name, username)))
    },
  })
}

/** The status that a write leaves behind. */
const AFTER: Readonly<Record<string, string>> = {
  AdminSetUserPassword: 'FORCE_CHANGE_PASSWORD',
  AdminResetUserPassword: 'RESET_REQUIRED',
}

export type Method = 'temporary' | 'email-code'

/** Ada's form, sent. */
export async function askFor(
  world: World,
  bot: Bot,
  about: Partial<{
    method: Method
    user: string
    person: string
    id: string
    pool: string
    sign_out: boolean
  }> = {},
) {
  const { method = 'temporary', user = 'grace', person = 'U0ADA', pool = POOL.id } = about
  const id = about.id ?? createIds(() => world.now).request()
  const values = {
    pool,
    user,
    method,
    sign_out: about.sign_out ?? false,
    reason: 'Ticket 7',
    verified: 'Called back',
  }
  const submitted = await bot.workflow.submit({ id, operation: resetPassword, person, values })
  return { id, submitted }
}

let clicks = 0

/** Somebody's vote, with the digest of the card as it stands. */
export async function voteFor(
  bot: Bot,
  request: string,
  person: string,
  key = `trigger-${(clicks += 1)}`,
) {
  const stored = await bot.store.request(request)
  const digest = shortDigest(stored?.digest ?? '')
  await bot.workflow.click({ key, kind: 'vote', request, person, digest })
}
