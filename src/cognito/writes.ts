import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteSoftwareTokenCommand,
  AdminDeleteUserAttributesCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminRemoveUserFromGroupCommand,
  AdminResetUserPasswordCommand,
  AdminRevokeUserSessionCommand,
  AdminSetUserMFAPreferenceCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  type ServiceInputTypes,
  type ServiceOutputTypes,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CodeFactor, NewUser, PoolRef, User } from '../core/directory.ts'
import type { Act } from '../core/ports.ts'
import type { Secret } from '../core/secret.ts'
import type { Command, Wire } from './call.ts'
import { perform, type Performing } from './performing.ts'

export interface UserActOptions extends Performing {
  /** The client for writes in the pool, under the requester's identity. Waits for its turn where the work is a long list. */
  readonly wireFor: (pool: PoolRef) => Wire
  readonly turn: (pool: PoolRef, kind: WriteKind) => Promise<void>
}

/** Quota categories that writes on users count in (cognito.md 5). */
export type WriteKind = 'recovery' | 'update' | 'creation' | 'groups'

type UserAct = Omit<Act, 'changePool' | 'createPool'>
type Named = { readonly UserPoolId: string; readonly Username: string }

/** Writes on users. Always by username: aliases move. */
export function createUserAct(options: UserActOptions): UserAct {
  const send = async <I extends ServiceInputTypes, O extends ServiceOutputTypes>(
    pool: PoolRef,
    kind: WriteKind,
    call: string,
    make: () => Command<I, O>,
  ): Promise<O> => {
    await options.turn(pool, kind)
    return perform(options, options.wireFor(pool), call, make)
  }
  const on = async <I extends ServiceInputTypes, O extends ServiceOutputTypes>(
    user: User,
    kind: WriteKind,
    call: string,
    make: (named: Named) => Command<I, O>,
  ): Promise<void> => {
    const named = { UserPoolId: user.pool.id, Username: user.username }
    await send(user.pool, kind, call, () => make(named))
  }
  return {
    setPassword: (user, password, kind) =>
      on(user, 'recovery', 'AdminSetUserPassword', (named) => {
        // Sent even when false: leaving it out is easy to mistake for either.
        const Permanent = kind === 'permanent'
        return new AdminSetUserPasswordCommand({ ...named, Password: password.reveal(), Permanent })
      }),
    sendResetCode: (user) =>
      on(
        user,
        'recovery',
        'AdminResetUserPassword',
        (named) => new AdminResetUserPasswordCommand(named),
      ),
    signOut: (user) =>
      on(
        user,
        'update',
        'AdminUserGlobalSignOut',
        (named) => new AdminUserGlobalSignOutCommand(named),
      ),
    confirm: (user) =>
      on(user, 'creation', 'AdminConfirmSignUp', (named) => new AdminConfirmSignUpCommand(named)),
    enable: (user) =>
      on(user, 'update', 'AdminEnableUser', (named) => new AdminEnableUserCommand(named)),
    disable: (user) =>
      on(user, 'update', 'AdminDisableUser', (named) => new AdminDisableUserCommand(named)),
    async createUser(draft, password) {
      const answer = await send(draft.pool, 'creation', 'AdminCreateUser', () =>
        creation(draft, password),
      )
      // Pools with made-up usernames answer with another name than the one that was asked for.
      return answer.User?.Username ?? draft.username
    },
    resendInvitation: (user) =>
      on(
        user,
        'creation',
        'AdminCreateUser',
        (named) =>
          new AdminCreateUserCommand({
            ...named,
            MessageAction: 'RESEND',
            DesiredDeliveryMediums: ['EMAIL'],
          }),
      ),
    setAttributes: (user, attributes) =>
      on(
        user,
        'update',
        'AdminUpdateUserAttributes',
        (named) =>
          new AdminUpdateUserAttributesCommand({ ...named, UserAttributes: listed(attributes) }),
      ),
    removeAttributes: (user, names) =>
      on(
        user,
        'update',
        'AdminDeleteUserAttributes',
        (named) =>
          new AdminDeleteUserAttributesCommand({ ...named, UserAttributeNames: [...names] }),
      ),
    addToGroup: (user, GroupName) =>
      on(
        user,
        'groups',
        'AdminAddUserToGroup',
        (named) => new AdminAddUserToGroupCommand({ ...named, GroupName }),
      ),
    removeFromGroup: (user, GroupName) =>
      on(
        user,
        'groups',
        'AdminRemoveUserFromGroup',
        (named) => new AdminRemoveUserFromGroupCommand({ ...named, GroupName }),
      ),
    deleteUser: (user) =>
      on(user, 'update', 'AdminDeleteUser', (named) => new AdminDeleteUserCommand(named)),
    revokeSession: (user, SessionId, linked) =>
      on(
        user,
        'update',
        'AdminRevokeUserSession',
        (named) =>
          new AdminRevokeUserSessionCommand({
            ...named,
            SessionId,
            RevokeAssociatedSessions: linked ? 'LINKED' : 'NONE',
          }),
      ),
    removeSoftwareToken: (user) =>
      on(
        user,
        'update',
        'AdminDeleteSoftwareToken',
        (named) => new AdminDeleteSoftwareTokenCommand(named),
      ),
    clearMfaPreference: (user, factors) => {
      // Cognito refuses a request that names a factor the user lacks, even to turn it off.
      const off = (factor: CodeFactor) =>
        factors.includes(factor) ? { Enabled: false, PreferredMfa: false } : undefined
      const settings = { SMSMfaSettings: off('SMS_MFA'), EmailMfaSettings: off('EMAIL_OTP') }
      return on(
        user,
        'update',
        'AdminSetUserMFAPreference',
        (named) => new AdminSetUserMFAPreferenceCommand({ ...named, ...settings }),
      )
    },
  }
}

/** Every member that has a default worth avoiding is sent: the medium would be SMS. */
function creation(draft: NewUser, password: Secret | undefined): AdminCreateUserCommand {
  const { pool, username, attributes, invitation } = draft
  return new AdminCreateUserCommand({
    UserPoolId: pool.id,
    Username: username,
    UserAttributes: listed(attributes),
    ...(password === undefined ? {} : { TemporaryPassword: password.reveal() }),
    ...(invitation === 'none'
      ? { MessageAction: 'SUPPRESS' }
      : { DesiredDeliveryMediums: [invitation] }),
  })
}

function listed(attributes: Readonly<Record<string, string>>) {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }))
}
