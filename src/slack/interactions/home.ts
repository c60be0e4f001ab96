import type { Desk } from '../desk.ts'
import type { HomeOpened } from '../payloads.ts'

/** Somebody opened Lifeguard's page: drawn anew each time, since nothing tells us what they saw last. */
export async function onHomeOpened(desk: Desk, { event }: HomeOpened): Promise<void> {
  if (event.tab === 'home') await desk.homes.show(event.user)
}
