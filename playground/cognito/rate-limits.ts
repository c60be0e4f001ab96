import type { OperationName } from './constraints.ts'

export type RateCategory = keyof typeof defaultRates

/** Requests per second (AWS limits page); shared by all callers of an account and Region. */
const defaultRates = {
  UserCreation: 50,
  UserAccountRecovery: 30,
  UserRead: 120,
  UserUpdate: 25,
  UserResourceRead: 50,
  UserResourceUpdate: 25,
  UserList: 30,
  UserPoolRead: 15,
  UserPoolUpdate: 15,
  UserPoolResourceRead: 20,
  UserPoolClientRead: 15,
}

const categories: Readonly<Partial<Record<OperationName, RateCategory>>> = {
  ListUserPools: 'UserPoolRead',
  DescribeUserPool: 'UserPoolRead',
  GetUserPoolMfaConfig: 'UserPoolRead',
  CreateUserPool: 'UserPoolUpdate',
  UpdateUserPool: 'UserPoolUpdate',
  SetUserPoolMfaConfig: 'UserPoolUpdate',
  DescribeRiskConfiguration: 'UserPoolResourceRead',
  GetLogDeliveryConfiguration: 'UserPoolResourceRead',
  GetUserPoolSessionConfiguration: 'UserPoolResourceRead',
  ListUserPoolReplicas: 'UserPoolResourceRead',
  ListUserPoolClients: 'UserPoolClientRead',
  ListUsers: 'UserList',
  AdminGetUser: 'UserRead',
  AdminCreateUser: 'UserCreation',
  AdminConfirmSignUp: 'UserCreation',
  AdminUpdateUserAttributes: 'UserUpdate',
  AdminDeleteUserAttributes: 'UserUpdate',
  AdminDeleteUser: 'UserUpdate',
  AdminEnableUser: 'UserUpdate',
  AdminDisableUser: 'UserUpdate',
  AdminUserGlobalSignOut: 'UserUpdate',
  AdminSetUserPassword: 'UserAccountRecovery',
  AdminResetUserPassword: 'UserAccountRecovery',
  ListGroups: 'UserResourceRead',
  GetGroup: 'UserResourceRead',
  ListUsersInGroup: 'UserList',
  AdminListGroupsForUser: 'UserResourceRead',
  AdminAddUserToGroup: 'UserResourceUpdate',
  AdminRemoveUserFromGroup: 'UserResourceUpdate',
  AdminListUserAuthEvents: 'UserResourceRead',
  AdminListDevices: 'UserResourceRead',
  AdminGetUserAuthFactors: 'UserRead',
  AdminDeleteSoftwareToken: 'UserResourceUpdate',
  AdminSetUserMFAPreference: 'UserResourceUpdate',
  AdminListUserSessions: 'UserResourceRead',
  AdminRevokeUserSession: 'UserResourceUpdate',
}

const categoryOf = new Map<string, RateCategory>(Object.entries(categories))

interface Bucket {
  tokens: number
  at: number
}

/** One token bucket per account, Region and category, holding one second's worth. */
export class RateLimits {
  readonly #buckets = new Map<string, Bucket>()
  readonly #perSecond: Readonly<Record<RateCategory, number>>

  /** Requests per second of some categories; the others keep the rates of AWS. */
  constructor(rates: Partial<Record<RateCategory, number>> = {}) {
    this.#perSecond = { ...defaultRates, ...rates }
  }

  admits(account: string, region: string, operation: string, now: number): boolean {
    const category = categoryOf.get(operation)
    if (category === undefined) return true
    const rate = this.#perSecond[category]
    const key = `${account} ${region} ${category}`
    const bucket = this.#buckets.get(key) ?? { tokens: rate, at: now }
    const refilled = Math.min(rate, bucket.tokens + ((now - bucket.at) / 1000) * rate)
    const admitted = refilled >= 1
    this.#buckets.set(key, { tokens: admitted ? refilled - 1 : refilled, at: now })
    return admitted
  }
}
