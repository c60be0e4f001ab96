// A process that appends entries for ever and prints the mark of each once it is acknowledged.
import { openStore } from '../../src/store/store.ts'
import { draft } from './samples.ts'

const [folder = '', name = '', count = ''] = process.argv.slice(2)
const store = await openStore({ folder, now: Date.now })
for (let turn = 0; turn < Number(count); turn++) {
  const mark = `${name}-${turn}`
  await store.append(draft('done', { request: mark }))
  process.stdout.write(`${mark}\n`)
}
await store.close()
