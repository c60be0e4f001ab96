import type { Metrics } from './metrics.ts'

/** True, or one sentence that says what is wrong. */
export type Condition = () => true | string

export interface Readiness {
  readonly ready: boolean
  /** Sentences by the names of the conditions that fail. */
  readonly failing: Readonly<Record<string, string>>
}

export interface Health {
  /** Adds a condition, or replaces the one of that name. */
  condition(name: string, holds: Condition): void
  readiness(): Readiness
}

interface Page {
  readonly status: number
  readonly type: string
  readonly text: string
}

/** Readiness is end to end: a process that lives and hears nothing is not ready. */
export function createHealth(): Health {
  const conditions = new Map<string, Condition>()
  return {
    condition: (name, holds) => void conditions.set(name, holds),
    readiness() {
      const failing = Object.fromEntries(
        [...conditions].flatMap(([name, holds]) => {
          const held = holds()
          return held === true ? [] : [[name, held]]
        }),
      )
      return { ready: Object.keys(failing).length === 0, failing }
    },
  }
}

/** `GET /healthz` (the process lives), `/readyz` (it can serve) and `/metrics`. */
export function healthRoutes(
  health: Health,
  metrics: Pick<Metrics, 'text' | 'contentType'>,
): (path: string) => Promise<Page> | undefined {
  const pages: Readonly<Record<string, () => Promise<Page>>> = {
    '/healthz': async () => ({ status: 200, type: 'text/plain', text: 'ok' }),
    '/readyz': async () => readyPage(health.readiness()),
    '/metrics': async () => ({
      status: 200,
      type: metrics.contentType,
      text: await metrics.text(),
    }),
  }
  return (path) => (Object.hasOwn(pages, path) ? pages[path]?.() : undefined)
}

function readyPage(readiness: Readiness): Page {
  return {
    status: readiness.ready ? 200 : 503,
    type: 'application/json',
    text: JSON.stringify(readiness),
  }
}
