import type { Row } from '../row.ts'
import { ackSlash } from './ack-slash.ts'
import { ackSocket } from './ack-socket.ts'
import { autocomplete10k } from './autocomplete-10k.ts'
import { coldStart } from './cold-start.ts'
import { durableIntent } from './durable-intent.ts'
import { modalOpen } from './modal-open.ts'
import { remoteCalls } from './remote-calls.ts'
import { rssIdle } from './rss-idle.ts'
import { submitToPassword } from './submit-to-password.ts'
import { verdict } from './verdict.ts'

/** Every row, in the order of the table. */
export const rows: readonly Row[] = [
  ackSlash,
  ackSocket,
  modalOpen,
  submitToPassword,
  remoteCalls,
  coldStart,
  rssIdle,
  verdict,
  durableIntent,
  autocomplete10k,
]
