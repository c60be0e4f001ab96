import { setTimeout as pause } from 'node:timers/promises'
import type { Compared } from '../figure.ts'
import { inRounds } from '../rounds.ts'
import type { Row } from '../row.ts'
import { startBoth } from '../server.ts'

const IDLE_MS = 2000

export const rssIdle: Row = {
  name: 'rss-idle',
  about: 'Resident memory two seconds after ready, untouched, against the floor of `cold-start`.',
  async measure(bench) {
    const rounds = await inRounds(bench.rounds, async (order) => {
      await using servers = await startBoth('bare', order, bench.around)
      await pause(IDLE_MS)
      const { floor, product } = servers
      return { floor: await floor.rssMegabytes(), product: await product.rssMegabytes() }
    })
    const figure: Compared = { kind: 'compared', name: 'rss-idle', unit: 'MB', rounds, atMost: 1.6 }
    return [figure]
  },
}
