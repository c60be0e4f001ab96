import { LRUCache } from 'lru-cache'
import type { Clock } from '../core/ports.ts'

/** Answers kept for a while. Whoever asks while a read is under way shares it. */
export interface Remembered<V> {
  get(key: string, read: () => Promise<V>): Promise<V>
  /** The answer itself, when it is here and young enough. */
  known(key: string): V | undefined
  /** The answer or the read under way, when young enough. */
  recall(key: string): Promise<V> | undefined
}

interface Entry<V> {
  /** When the read began: the answer is at least this fresh. */
  readonly at: number
  readonly answer: Promise<V>
  settled?: V
}

/** A failed read is forgotten, so that the next one asks again. */
export function remembered<V extends object>(
  forMs: number,
  max: number,
  now: Clock,
): Remembered<V> {
  const entries = new LRUCache<string, Entry<V>>({ max })
  const young = (key: string) => {
    const entry = entries.get(key)
    return entry && now() - entry.at <= forMs ? entry : undefined
  }
  const start = async (key: string, read: () => Promise<V>): Promise<V> => {
    const entry: Entry<V> = { at: now(), answer: read() }
    entries.set(key, entry)
    try {
      return (entry.settled = await entry.answer)
    } catch (error) {
      if (entries.peek(key) === entry) entries.delete(key)
      throw error
    }
  }
  return {
    get: (key, read) => young(key)?.answer ?? start(key, read),
    known: (key) => young(key)?.settled,
    recall: (key) => young(key)?.answer,
  }
}
