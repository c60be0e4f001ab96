// A process that appends entries for ever and prints the mark of each once it is acknowledged.
import { storeAt } from './place.ts'
import { draft, job } from './samples.ts'

const [place = '', name = '', count = ''] = process.argv.slice(2)
const store = await storeAt(place)
for (let turn = 0; turn < Number(count); turn++) {
  const mark = `${name}-${turn}`
  await store.append(draft('done', { request: mark }))
  await store.enqueue(job(mark))
  process.stdout.write(`${mark}\n`)
}
await store.close()
