import type { NewUser, User } from '../../src/core/directory.ts'
import type { Act } from '../../src/core/ports.ts'
import { unused } from './look.ts'

/** Does one write: its API name, the username it is about, and what follows once it took effect. */
export type Perform = (call: string, username: string) => Promise<void>

/** Every write on users by its API name, through one function. Writes on pools are not expected unless given. */
export function actWith(perform: Perform, given: Partial<Act> = {}): Act {
  const on = (call: string) => async (user: User) => perform(call, user.username)
  return {
    setPassword: on('AdminSetUserPassword'),
    sendResetCode: on('AdminResetUserPassword'),
    signOut: on('AdminUserGlobalSignOut'),
    confirm: on('AdminConfirmSignUp'),
    enable: on('AdminEnableUser'),
    disable: on('AdminDisableUser'),
    createUser: async (draft: NewUser) => {
      await perform('AdminCreateUser', draft.username)
      return draft.username
    },
    resendInvitation: on('AdminCreateUser'),
    setAttributes: on('AdminUpdateUserAttributes'),
    removeAttributes: on('AdminDeleteUserAttributes'),
    addToGroup: on('AdminAddUserToGroup'),
    removeFromGroup: on('AdminRemoveUserFromGroup'),
    deleteUser: on('AdminDeleteUser'),
    revokeSession: on('AdminRevokeUserSession'),
    removeSoftwareToken: on('AdminDeleteSoftwareToken'),
    clearMfaPreference: on('AdminSetUserMFAPreference'),
    changePool: unused,
    createPool: unused,
    ...given,
  }
}
