import { createHash, randomBytes, randomInt } from 'node:crypto'

import { baseAccount } from './callers.ts'
import { Crowd } from './crowd.ts'
import { Directory } from './directory.ts'
import { hashSecret } from './passwords.ts'
import { nameFold } from './pool.ts'
import type { Group, Pool } from './pool.ts'
import { defaultSettings, filled, withDays } from './pool-defaults.ts'
import { noSurroundings } from './pool-settings.ts'
import type { GroupSpec, PoolSpec, SessionSpec, UserSpec } from './specs.ts'
import { longestSsoMs, refreshTokenLifeMs, sessionType } from './user-sessions.ts'
import type { UserSession } from './user-sessions.ts'
import { emptyHanded } from './user.ts'
import type { User, UserStatus } from './user.ts'

const dayMs = 86_400_000

export function buildPool(spec: PoolSpec, seq: number, now: number): Pool {
  const region = spec.region ?? 'eu-west-1'
  const id = spec.id ?? `${region}_${Array.from({ length: 9 }, letter).join('')}`
  const settings = withDays(filled({ ...defaultSettings(), ...structuredClone(spec.settings) }, {}))
  const createdAt = spec.createdAt ?? now - 400 * dayMs
  const pool: Pool = {
    seq,
    id,
    account: spec.account ?? baseAccount,
    region,
    clientId: spec.clientId ?? createHash('sha256').update(id).digest('hex').slice(0, 26),
    settings,
    mfa: structuredClone(spec.mfa ?? {}),
    sessionTracking: spec.sessionTracking ?? 'DISABLED',
    maxSessionsPerUser: spec.maxSessionsPerUser ?? 20,
    surroundings: { ...noSurroundings, ...spec.surroundings },
    createdAt,
    modifiedAt: spec.createdAt ?? now - 30 * dayMs,
    users: new Directory(nameFold(settings), new Crowd(spec.crowd ?? 0, createdAt)),
    groups: new Map(
      (spec.groups ?? []).map((group, place) => [group.name, groupOf(group, place, createdAt)]),
    ),
    drifts: [],
    unknownMembers: [],
  }
  for (const user of spec.users ?? []) pool.users.add(buildUser(pool, user, now), now, false)
  return pool
}

const letter = (): string =>
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'.charAt(randomInt(62))

const groupOf = (spec: GroupSpec, seq: number, createdAt: number): Group => ({
  seq,
  name: spec.name,
  description: spec.description,
  roleArn: spec.roleArn,
  precedence: spec.precedence,
  createdAt,
  modifiedAt: createdAt,
})

const withoutPassword = new Set<UserStatus>(['EXTERNAL_PROVIDER', 'ARCHIVED', 'UNKNOWN'])

export function buildUser(pool: Pool, spec: UserSpec, now: number): User {
  const status = spec.status ?? 'CONFIRMED'
  const setAt = now - (spec.passwordAgeDays ?? 0) * dayMs
  const password = withoutPassword.has(status)
    ? undefined
    : hashSecret(
        spec.password ?? randomBytes(24).toString('base64'),
        setAt,
        status === 'FORCE_CHANGE_PASSWORD',
      )
  return {
    seq: pool.users.nextSeq(),
    username: spec.username,
    sub: pool.settings.UsernameAttributes?.length ? spec.username : subOf(pool.id, spec.username),
    attributes: new Map(Object.entries(spec.attributes ?? {})),
    status,
    enabled: spec.enabled ?? true,
    createdAt: Math.min(setAt, now - 60 * dayMs),
    modifiedAt: setAt,
    password,
    ...emptyHanded(),
    history: password ? [password] : [],
    mfa: [...(spec.mfa ?? [])],
    preferredMfa: spec.mfa?.[0],
    softwareToken: spec.softwareToken ?? spec.mfa?.includes('SOFTWARE_TOKEN_MFA') ?? false,
    groups: new Set(spec.groups),
    devices: (spec.devices ?? []).map((device, seq) => ({
      ...device,
      seq,
      key: `${pool.region}_${subOf(`${pool.id}/${spec.username}`, device.name)}`,
      createdAt: now - 10 * dayMs,
      usedAt: now - dayMs,
    })),
    sessions: (spec.sessions ?? []).map((session, seq) => sessionOf(pool, session, seq, now)),
  }
}

const hourMs = 3_600_000

function sessionOf(pool: Pool, spec: SessionSpec, seq: number, now: number): UserSession {
  const { id, parentId, startedHoursAgo = 24, activeHoursAgo = 1, ip, device, city, country } = spec
  const createdAt = now - startedHoursAgo * hourMs
  return {
    seq,
    id,
    clientId: pool.clientId,
    createdAt,
    expiresAt: createdAt + (sessionType(spec) === 'SSO' ? longestSsoMs : refreshTokenLifeMs),
    parentId,
    lastActiveAt: now - activeHoursAgo * hourMs,
    lastOrigin: { ip, device, city, country },
    endedAt: undefined,
  }
}

/** The same at every start, so that a link to a user keeps working. */
function subOf(poolId: string, username: string): string {
  const hex = createHash('sha256').update(`${poolId}/${username}`).digest('hex')
  const [a, b, c, d] = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(13, 16), hex.slice(17, 20)]
  return `${a}-${b}-4${c}-8${d}-${hex.slice(20, 32)}`
}
