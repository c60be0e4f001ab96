import type { Operation } from '../core/operation.ts'
import { help } from './bot/help.ts'
import { requests } from './bot/requests.ts'
import { whoami } from './bot/whoami.ts'
import { comparePools } from './pools/compare-pools.ts'
import { createPool } from './pools/create-pool.ts'
import { listPools } from './pools/list-pools.ts'
import { restorePool } from './pools/restore-pool.ts'
import { showPool } from './pools/show-pool.ts'
import { updatePool } from './pools/update-pool.ts'
import { resetPassword } from './users/reset-password.ts'

/** Every operation, in the order of help. A new one is a file and a line here. */
export const operations: readonly Operation[] = [
  resetPassword,
  listPools,
  showPool,
  comparePools,
  createPool,
  updatePool,
  restorePool,
  requests,
  help,
  whoami,
]
