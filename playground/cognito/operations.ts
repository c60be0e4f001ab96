import { adminUpdateUserAttributes } from './attributes.ts'
import { requests } from './constraints.ts'
import type { OperationName } from './constraints.ts'
import { createUserPool } from './create-pool.ts'
import { adminCreateUser } from './create-user.ts'
import {
  adminAddUserToGroup,
  adminListGroupsForUser,
  adminRemoveUserFromGroup,
  listGroups,
} from './groups.ts'
import type { JsonObject } from './json.ts'
import {
  describeRiskConfiguration,
  getLogDeliveryConfiguration,
  getUserPoolSessionConfiguration,
  listUserPoolClients,
  listUserPoolReplicas,
} from './pool-readings.ts'
import { describeUserPool, getUserPoolMfaConfig, listUserPools } from './pools.ts'
import { adminResetUserPassword, adminSetUserPassword } from './reset-password.ts'
import { setUserPoolMfaConfig } from './set-mfa-config.ts'
import type { Shape } from './shapes.ts'
import { confirmForgotPassword, initiateAuth, respondToAuthChallenge } from './sign-in.ts'
import type { Call } from './state.ts'
import {
  adminConfirmSignUp,
  adminDisableUser,
  adminEnableUser,
  adminUserGlobalSignOut,
} from './user-status.ts'
import { adminDeleteUser, adminGetUser, listUsers } from './users.ts'
import { updateUserPool } from './update-pool.ts'
import { parse } from './validation.ts'

export interface Operation {
  readonly shape: Shape
  /** Asked by apps without a signature. */
  readonly unsigned: boolean
  /** Undefined: an empty body. */
  run(raw: unknown, call: Call): JsonObject | undefined
}

function signed<T>(
  shape: Shape<T>,
  answer: (input: T, call: Call) => JsonObject | undefined,
): Operation {
  return { shape, unsigned: false, run: (raw, call) => answer(parse(shape, raw), call) }
}

function unsigned<T>(shape: Shape<T>, answer: (input: T, call: Call) => JsonObject): Operation {
  return { ...signed(shape, answer), unsigned: true }
}

/** Everything that is built; anything else is refused by name. */
export const operations: Readonly<Record<OperationName, Operation>> = {
  ListUserPools: signed(requests.ListUserPools, listUserPools),
  DescribeUserPool: signed(requests.DescribeUserPool, describeUserPool),
  CreateUserPool: signed(requests.CreateUserPool, createUserPool),
  UpdateUserPool: signed(requests.UpdateUserPool, updateUserPool),
  GetUserPoolMfaConfig: signed(requests.GetUserPoolMfaConfig, getUserPoolMfaConfig),
  SetUserPoolMfaConfig: signed(requests.SetUserPoolMfaConfig, setUserPoolMfaConfig),
  DescribeRiskConfiguration: signed(requests.DescribeRiskConfiguration, describeRiskConfiguration),
  GetLogDeliveryConfiguration: signed(
    requests.GetLogDeliveryConfiguration,
    getLogDeliveryConfiguration,
  ),
  GetUserPoolSessionConfiguration: signed(
    requests.GetUserPoolSessionConfiguration,
    getUserPoolSessionConfiguration,
  ),
  ListUserPoolReplicas: signed(requests.ListUserPoolReplicas, listUserPoolReplicas),
  ListUserPoolClients: signed(requests.ListUserPoolClients, listUserPoolClients),

  ListUsers: signed(requests.ListUsers, listUsers),
  AdminGetUser: signed(requests.AdminGetUser, adminGetUser),
  AdminCreateUser: signed(requests.AdminCreateUser, adminCreateUser),
  AdminUpdateUserAttributes: signed(requests.AdminUpdateUserAttributes, adminUpdateUserAttributes),
  AdminDeleteUser: signed(requests.AdminDeleteUser, adminDeleteUser),
  AdminConfirmSignUp: signed(requests.AdminConfirmSignUp, adminConfirmSignUp),
  AdminEnableUser: signed(requests.AdminEnableUser, adminEnableUser),
  AdminDisableUser: signed(requests.AdminDisableUser, adminDisableUser),
  AdminUserGlobalSignOut: signed(requests.AdminUserGlobalSignOut, adminUserGlobalSignOut),
  AdminSetUserPassword: signed(requests.AdminSetUserPassword, adminSetUserPassword),
  AdminResetUserPassword: signed(requests.AdminResetUserPassword, adminResetUserPassword),

  ListGroups: signed(requests.ListGroups, listGroups),
  AdminListGroupsForUser: signed(requests.AdminListGroupsForUser, adminListGroupsForUser),
  AdminAddUserToGroup: signed(requests.AdminAddUserToGroup, adminAddUserToGroup),
  AdminRemoveUserFromGroup: signed(requests.AdminRemoveUserFromGroup, adminRemoveUserFromGroup),

  InitiateAuth: unsigned(requests.InitiateAuth, initiateAuth),
  RespondToAuthChallenge: unsigned(requests.RespondToAuthChallenge, respondToAuthChallenge),
  ConfirmForgotPassword: unsigned(requests.ConfirmForgotPassword, confirmForgotPassword),
}

export const operationNamed = (name: string): Operation | undefined =>
  new Map<string, Operation>(Object.entries(operations)).get(name)
