import type { Operation } from '../core/operation.ts'
import { help } from './bot/help.ts'
import { requests } from './bot/requests.ts'
import { whoami } from './bot/whoami.ts'
import { resetPassword } from './users/reset-password.ts'

/** Every operation, in the order of help. A new one is a file and a line here. */
export const operations: readonly Operation[] = [resetPassword, requests, help, whoami]
