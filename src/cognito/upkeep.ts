import type { Pause } from './pace.ts'

const REFRESH_MS = 60_000
/** The list of pools is read again within a minute and shares this pace: settings are read with what is left. */
const SWEEP_MS = 1_000

/** A pool that was just created or deleted shows within a minute or so. */
export async function refreshUntil(
  closed: AbortSignal,
  pause: Pause,
  refresh: () => Promise<void>,
): Promise<void> {
  while (!closed.aborted) {
    await refresh()
    await pause(REFRESH_MS).catch(() => undefined)
  }
}

/**
 * The settings of pools that nobody has looked at yet, one pool after the other, for lists.
 * `next` says whether somebody waits for another one: then only the pace holds it up.
 */
export async function describeUntil(
  closed: AbortSignal,
  pause: Pause,
  next: () => Promise<boolean>,
): Promise<void> {
  while (!closed.aborted) {
    // A pool that cannot be read must not keep the others from being read.
    const more = await next().catch(() => false)
    if (!more) await pause(SWEEP_MS).catch(() => undefined)
  }
}
