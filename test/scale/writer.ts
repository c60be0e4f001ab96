// A process that writes to the store of a running bot as fast as it can, until it is killed.
import { openStore } from '../../src/store/store.ts'

const [folder = ''] = process.argv.slice(2)
const store = await openStore({ folder, now: Date.now })
for (;;) {
  await store.append({ event: 'answered', actor: 'U0LINUS', operation: 'help' })
  process.stdout.write('.')
}
