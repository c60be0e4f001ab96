import {
  AdminGetUserCommand,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
  ListUsersCommand,
  type AccountRecoverySettingType,
  type AttributeType,
  type UserPoolType,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider'
import type {
  FoundUser,
  PoolProfile,
  PoolRef,
  RecoveryMechanism,
  User,
  UserSummary,
} from '../core/directory.ts'
import { send, type Wire } from './call.ts'

/** The largest page that Cognito gives. */
const PAGE = 60

/** What DescribeUserPool tells: the profile for operations, and what a search can make use of. */
export interface PoolReading {
  readonly profile: PoolProfile
  readonly traits: PoolTraits
}

export interface PoolTraits {
  /** Cognito's estimate. */
  readonly users: number
  /** Cognito makes the usernames up, because people sign in with an e-mail or a phone number. */
  readonly madeUpUsernames: boolean
}

export async function readPool(wire: Wire, pool: PoolRef): Promise<PoolReading> {
  const described = await describe(wire, pool.id)
  return {
    profile: profileOf(pool, described),
    traits: {
      users: described.EstimatedNumberOfUsers ?? Number.POSITIVE_INFINITY,
      madeUpUsernames: (described.UsernameAttributes ?? []).length > 0,
    },
  }
}

export async function readTags(
  wire: Wire,
  poolId: string,
): Promise<Readonly<Record<string, string>>> {
  return (await describe(wire, poolId)).UserPoolTags ?? {}
}

async function describe(wire: Wire, poolId: string): Promise<UserPoolType> {
  const command = new DescribeUserPoolCommand({ UserPoolId: poolId })
  return (await send(wire, 'DescribeUserPool', command)).UserPool ?? {}
}

/** Cognito treats 0 days as not set; then the legacy setting counts, then 7 (cognito.md 2.1). */
function profileOf(pool: PoolRef, described: UserPoolType): PoolProfile {
  const passwordPolicy = described.Policies?.PasswordPolicy ?? {}
  const legacyDays = described.AdminCreateUserConfig?.UnusedAccountValidityDays
  return {
    ...pool,
    passwordPolicy,
    temporaryPasswordDays: (passwordPolicy.TemporaryPasswordValidityDays ?? legacyDays) || 7,
    recovery: recoveryOf(described.AccountRecoverySetting),
  }
}

const MECHANISMS: readonly RecoveryMechanism[] = [
  'verified_email',
  'verified_phone_number',
  'admin_only',
]

function recoveryOf(
  setting: AccountRecoverySettingType | undefined,
): readonly RecoveryMechanism[] | undefined {
  return setting?.RecoveryMechanisms?.toSorted(
    (a, b) => (a.Priority ?? 0) - (b.Priority ?? 0),
  ).flatMap(({ Name }) => MECHANISMS.filter((known) => known === Name))
}

/** AdminGetUser: `name` is a username, an alias or a `sub`. Adds to the bill as an active user. */
export async function readUser(wire: Wire, pool: PoolRef, name: string): Promise<User> {
  const command = new AdminGetUserCommand({ UserPoolId: pool.id, Username: name })
  const found = await send(wire, 'AdminGetUser', command)
  const { Username, UserStatus, Enabled, UserAttributes, UserMFASettingList = [] } = found
  return {
    ...summaryOf({ Username, UserStatus, Enabled, Attributes: UserAttributes }),
    pool,
    mfa: UserMFASettingList,
    preferredMfa: found.PreferredMfaSetting,
    modifiedAt: found.UserLastModifiedDate,
    createdAt: found.UserCreateDate,
    attributes: Object.fromEntries(attributesOf(UserAttributes ?? [])),
  }
}

function summaryOf(user: UserType): UserSummary {
  const values = attributesOf(user.Attributes ?? [])
  const username = user.Username ?? ''
  const fullName = [values.get('given_name'), values.get('family_name')].filter(Boolean).join(' ')
  return {
    username,
    sub: values.get('sub') ?? username,
    status: user.UserStatus ?? 'UNKNOWN',
    enabled: user.Enabled ?? true,
    email: values.get('email') || undefined,
    emailVerified: values.get('email_verified') === 'true',
    phone: values.get('phone_number') || undefined,
    phoneVerified: values.get('phone_number_verified') === 'true',
    name: values.get('name') || fullName || undefined,
  }
}

function attributesOf(attributes: readonly AttributeType[]): ReadonlyMap<string, string> {
  return new Map(attributes.map(({ Name = '', Value = '' }) => [Name, Value]))
}

function foundIn(pool: PoolRef, user: UserType): FoundUser {
  return {
    ...summaryOf(user),
    pool,
    modifiedAt: user.UserLastModifiedDate,
    createdAt: user.UserCreateDate,
  }
}

export interface FoundUsers {
  readonly rows: readonly FoundUser[]
  /** Nobody else matches. */
  readonly complete: boolean
}

/** Pages may come back empty with a token: this many are read before giving up. */
const MOST_PAGES = 3

/** The first users that match, page after page until there are `enough`. Without a filter: anybody. */
export async function listUsers(
  wire: Wire,
  pool: PoolRef,
  filter: string | undefined,
  enough: number,
): Promise<FoundUsers> {
  const rows: FoundUser[] = []
  let token: string | undefined
  for (let page = 0; page < MOST_PAGES && rows.length < enough; page++) {
    const command = new ListUsersCommand({
      UserPoolId: pool.id,
      Filter: filter,
      Limit: PAGE,
      PaginationToken: token,
    })
    const answer = await send(wire, 'ListUsers', command)
    rows.push(...(answer.Users ?? []).map((user) => foundIn(pool, user)))
    token = answer.PaginationToken
    if (token === undefined) return { rows, complete: true }
  }
  return { rows, complete: false }
}

/** A pool as ListUserPools shows it. */
export interface ListedPool {
  readonly id: string
  readonly name: string
  readonly modifiedAt: number
  readonly createdAt: number
}

export interface PoolPage {
  readonly pools: readonly ListedPool[]
  readonly next: string | undefined
}

export async function listPools(wire: Wire, token: string | undefined): Promise<PoolPage> {
  const command = new ListUserPoolsCommand({ MaxResults: PAGE, NextToken: token })
  const answer = await send(wire, 'ListUserPools', command)
  const pools = (answer.UserPools ?? []).flatMap((pool) => {
    const { Id, Name, LastModifiedDate, CreationDate } = pool
    if (Id === undefined) return []
    const [modifiedAt, createdAt] = [LastModifiedDate, CreationDate].map((at) => at?.getTime() ?? 0)
    return [{ id: Id, name: Name ?? Id, modifiedAt: modifiedAt ?? 0, createdAt: createdAt ?? 0 }]
  })
  return { pools, next: answer.NextToken }
}
