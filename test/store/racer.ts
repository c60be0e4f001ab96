// A process that tries to end every request of the store and prints those it was first at.
import { openStore } from '../../src/store/store.ts'
import { draft, executing, done } from './samples.ts'

const [folder = '', name = '', count = ''] = process.argv.slice(2)
const store = await openStore({ folder, now: Date.now })
for (let turn = 0; turn < Number(count); turn++) {
  const request = executing(`r${turn}`)
  const won = await store.swap(request, done(request, name), draft('done', { request: request.id }))
  if (won) process.stdout.write(`${request.id}\n`)
}
await store.close()
