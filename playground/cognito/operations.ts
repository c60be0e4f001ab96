import { adminDeleteUserAttributes, adminUpdateUserAttributes } from './attributes.ts'
import { requests } from './constraints.ts'
import type { OperationName } from './constraints.ts'
import { createUserPool } from './create-pool.ts'
import { adminCreateUser } from './create-user.ts'
import {
  adminAddUserToGroup,
  adminListGroupsForUser,
  adminRemoveUserFromGroup,
  getGroup,
  listGroups,
  listUsersInGroup,
} from './groups.ts'
import { adminListDevices, adminListUserAuthEvents } from './history-operations.ts'
import type { JsonObject } from './json.ts'
import {
  adminDeleteSoftwareToken,
  adminGetUserAuthFactors,
  adminSetUserMFAPreference,
} from './mfa-operations.ts'
import {
  describeRiskConfiguration,
  getLogDeliveryConfiguration,
  listUserPoolClients,
  listUserPoolReplicas,
} from './pool-readings.ts'
import { describeUserPool, getUserPoolMfaConfig, listUserPools } from './pools.ts'
import { adminResetUserPassword, adminSetUserPassword } from './reset-password.ts'
import {
  adminListUserSessions,
  adminRevokeUserSession,
  getUserPoolSessionConfiguration,
} from './session-operations.ts'
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
  ListUserPoolReplicas: signed(requests.ListUserPoolReplicas, listUserPoolReplicas),
  ListUserPoolClients: signed(requests.ListUserPoolClients, listUserPoolClients),

  ListUsers: signed(requests.ListUsers, listUsers),
  AdminGetUser: signed(requests.AdminGetUser, adminGetUser),
  AdminCreateUser: signed(requests.AdminCreateUser, adminCreateUser),
  AdminUpdateUserAttributes: signed(requests.AdminUpdateUserAttributes, adminUpdateUserAttributes),
  AdminDeleteUserAttributes: signed(requests.AdminDeleteUserAttributes, adminDeleteUserAttributes),
  AdminDeleteUser: signed(requests.AdminDeleteUser, adminDeleteUser),
  AdminConfirmSignUp: signed(requests.AdminConfirmSignUp, adminConfirmSignUp),
  AdminEnableUser: signed(requests.AdminEnableUser, adminEnableUser),
  AdminDisableUser: signed(requests.AdminDisableUser, adminDisableUser),
  AdminUserGlobalSignOut: signed(requests.AdminUserGlobalSignOut, adminUserGlobalSignOut),
  AdminSetUserPassword: signed(requests.AdminSetUserPassword, adminSetUserPassword),
  AdminResetUserPassword: signed(requests.AdminResetUserPassword, adminResetUserPassword),

  ListGroups: signed(requests.ListGroups, listGroups),
  AdminListGroupsForUser: signed(requests.AdminListGroupsForUser, adminListGroupsForUser),
  GetGroup: signed(requests.GetGroup, getGroup),
  ListUsersInGroup: signed(requests.ListUsersInGroup, listUsersInGroup),
  AdminAddUserToGroup: signed(requests.AdminAddUserToGroup, adminAddUserToGroup),
  AdminRemoveUserFromGroup: signed(requests.AdminRemoveUserFromGroup, adminRemoveUserFromGroup),

  GetUserPoolSessionConfiguration: signed(
    requests.GetUserPoolSessionConfiguration,
    getUserPoolSessionConfiguration,
  ),
  AdminListUserSessions: signed(requests.AdminListUserSessions, adminListUserSessions),
  AdminRevokeUserSession: signed(requests.AdminRevokeUserSession, adminRevokeUserSession),

  AdminGetUserAuthFactors: signed(requests.AdminGetUserAuthFactors, adminGetUserAuthFactors),
  AdminDeleteSoftwareToken: signed(requests.AdminDeleteSoftwareToken, adminDeleteSoftwareToken),
  AdminSetUserMFAPreference: signed(requests.AdminSetUserMFAPreference, adminSetUserMFAPreference),
  AdminListUserAuthEvents: signed(requests.AdminListUserAuthEvents, adminListUserAuthEvents),
  AdminListDevices: signed(requests.AdminListDevices, adminListDevices),

  InitiateAuth: unsigned(requests.InitiateAuth, initiateAuth),
  RespondToAuthChallenge: unsigned(requests.RespondToAuthChallenge, respondToAuthChallenge),
  ConfirmForgotPassword: unsigned(requests.ConfirmForgotPassword, confirmForgotPassword),
}

export const operationNamed = (name: string): Operation | undefined =>
  new Map<string, Operation>(Object.entries(operations)).get(name)
