import { alone, help, outsiders, prefilled, temporary } from './steps/alone.ts'
import { approval } from './steps/approval.ts'
import { emergency } from './steps/emergency.ts'
import { pools } from './steps/pools.ts'
import { refusals } from './steps/refusals.ts'
import { time } from './steps/time.ts'
import { clean } from './steps/watched.ts'
import { users } from './steps/users.ts'
import type { Step } from './walk.ts'

/** The whole journey. */
export const everything: readonly Step[] = [
  ...alone,
  ...approval,
  ...refusals,
  ...emergency,
  ...users,
  ...pools,
  ...outsiders,
  clean,
]

/** Over the other transport: enough to see that nothing else is different, and what time does. */
export const inShort: readonly Step[] = [help, prefilled, temporary, ...time, clean]
