// A process that posts entries until none is left and prints the range of each message.
import { setTimeout as sleep } from 'node:timers/promises'
import { storeAt } from './place.ts'

const [place = ''] = process.argv.slice(2)
const store = await storeAt(place)
const { outbox } = store
while ((await outbox.backlog()) > 0) {
  const batch = await outbox.nextBatch(Date.now(), 7)
  if (!batch || !(await outbox.posting(batch))) {
    await sleep(1)
    continue
  }
  process.stdout.write(`${batch.from} ${batch.to}\n`)
  await sleep(1)
  await outbox.posted(batch, '1.1')
}
await store.close()
