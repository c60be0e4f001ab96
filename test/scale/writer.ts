// A process that writes to the store of a running bot, some hundred times a second, until it is killed.
import { setTimeout as pause } from 'node:timers/promises'
import { openStore } from '../../src/store/store.ts'

const [folder = ''] = process.argv.slice(2)
const store = await openStore({ folder, now: Date.now })
for (;;) {
  await store.append({ event: 'answered', actor: 'U0LINUS', operation: 'help' })
  process.stdout.write('.')
  await pause(4)
}
