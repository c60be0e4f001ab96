import type { Outbox } from './outbox.ts'
import type { Pool } from './pool.ts'
import type { ChallengeSession, RefreshToken } from './tokens.ts'
import { notFound } from './service-error.ts'
import type { MfaSettings, PoolSettings } from './pool-settings.ts'
import type { Switches } from './switches.ts'
import type { Origin } from './user-sessions.ts'
import { withMember } from './tampering.ts'
import type { Drift } from './tampering.ts'
import type { User } from './user.ts'

export interface Change {
  readonly poolId: string
  readonly username: string | undefined
}

/** Everything the local Cognito knows. */
export interface State {
  readonly pools: Map<string, Pool>
  readonly switches: Switches
  readonly outbox: Outbox
  readonly challenges: Map<string, ChallengeSession>
  readonly refreshTokens: Map<string, RefreshToken>
  /** Keys the page tokens and the digests in the log. */
  readonly key: Buffer
  readonly now: () => number
  changed(change: Change): void
}

/** Who calls, and where. Calls without a signature reach only the pool of their app client. */
export interface Call {
  readonly state: State
  readonly account: string
  readonly region: string
  readonly origin: Origin
}

export function poolOf(call: Call, id: string): Pool {
  const pool = call.state.pools.get(id)
  if (pool && pool.account === call.account && pool.region === call.region) return pool
  throw notFound(`User pool ${id} does not exist.`)
}

export function poolOfClient(state: State, clientId: string): Pool {
  for (const pool of state.pools.values()) if (pool.clientId === clientId) return pool
  throw notFound(`User pool client ${clientId} does not exist.`)
}

/** Every change of a user goes through here: old pictures, dates and listeners follow. */
export function changeUser(
  state: State,
  pool: Pool,
  user: User,
  change: () => void,
  movesDate = true,
): void {
  const now = state.now()
  if (state.switches.listLagMs > 0) pool.users.remember(user, now)
  change()
  // A stopped clock must not hide that something moved.
  if (movesDate) user.modifiedAt = Math.max(now, user.modifiedAt + 1)
  state.changed({ poolId: pool.id, username: user.username })
}

/** Every change of a pool's settings goes through here: its date and the listeners follow. */
export function changePool(state: State, pool: Pool, change: () => void): void {
  change()
  pool.modifiedAt = Math.max(state.now(), pool.modifiedAt + 1)
  state.changed({ poolId: pool.id, username: undefined })
}

/** Lets happen what was arranged to happen right after this operation. */
export function applyDrifts(state: State, pool: Pool, after: Drift['after']): void {
  const counted = pool.drifts.filter((drift) => drift.after === after)
  for (const drift of counted) drift.left--
  const due = counted.filter(({ left }) => left <= 0)
  if (due.length === 0) return
  pool.drifts = pool.drifts.filter((drift) => !due.includes(drift))
  changePool(state, pool, () => {
    for (const drift of due) tamper(pool, drift)
  })
}

const inMfa = 'mfa:'

function tamper(pool: Pool, { path, value }: Drift): void {
  if (path.startsWith(inMfa))
    pool.mfa = withMember(pool.mfa, path.slice(inMfa.length), value) as MfaSettings
  else pool.settings = withMember(pool.settings, path, value) as PoolSettings
}
