import type { Operation } from '../core/operation.ts'
import { audit } from './bot/audit.ts'
import { help } from './bot/help.ts'
import { requests } from './bot/requests.ts'
import { whoami } from './bot/whoami.ts'
import { comparePools } from './pools/compare-pools.ts'
import { createPool } from './pools/create-pool.ts'
import { listPools } from './pools/list-pools.ts'
import { restorePool } from './pools/restore-pool.ts'
import { showPool } from './pools/show-pool.ts'
import { updatePool } from './pools/update-pool.ts'
import { addToGroup } from './users/add-to-group.ts'
import { bulk } from './users/bulk.ts'
import { confirmUser } from './users/confirm-user.ts'
import { createUser } from './users/create-user.ts'
import { deleteUser } from './users/delete-user.ts'
import { disableUser } from './users/disable-user.ts'
import { enableUser } from './users/enable-user.ts'
import { findUser } from './users/find-user.ts'
import { listSessions } from './users/list-sessions.ts'
import { removeFromGroup } from './users/remove-from-group.ts'
import { resendInvitation } from './users/resend-invitation.ts'
import { resetMfa } from './users/reset-mfa.ts'
import { resetPassword } from './users/reset-password.ts'
import { revokeSession } from './users/revoke-session.ts'
import { showUser } from './users/show-user.ts'
import { signOutUser } from './users/sign-out-user.ts'
import { updateUser } from './users/update-user.ts'

/** Every operation, in the order of help. A new one is a file and a line here. */
export const operations: readonly Operation[] = [
  resetPassword,
  findUser,
  showUser,
  resendInvitation,
  confirmUser,
  enableUser,
  disableUser,
  signOutUser,
  listSessions,
  revokeSession,
  resetMfa,
  createUser,
  updateUser,
  addToGroup,
  removeFromGroup,
  deleteUser,
  bulk,
  listPools,
  showPool,
  comparePools,
  createPool,
  updatePool,
  restorePool,
  requests,
  audit,
  help,
  whoami,
]
