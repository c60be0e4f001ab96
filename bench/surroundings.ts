import { z } from 'zod'
import { startProgram } from './program.ts'
import type { Side } from './rounds.ts'
import type { Span } from './serial.ts'

/** Slack and Cognito as the servers see them: constant answers after a latency. */
export interface Surroundings extends AsyncDisposable {
  /** The Web API's root, one for each side. */
  slackUrl(side: Side): string
  readonly cognitoUrl: string
  /** Milliseconds there and back, for every call from now on. */
  latency(of: { readonly slackMs: number; readonly cognitoMs: number }): Promise<void>
  /** How many user pools Cognito lists. */
  pools(count: number): Promise<void>
  /** Waits until a view with this trigger has reached Slack; each trigger once. */
  viewOf(trigger: string): Promise<{ readonly at: number; readonly privateMetadata: string }>
  /** The calls that were answered since the last time. */
  calls(): Promise<readonly Span[]>
  /** TCP connections to Slack so far. */
  connections(): Promise<number>
  /** Sends one side Socket Mode envelopes, one after the other. `body` is the payload as JSON. */
  envelopes(side: Side, count: number, body: string): Promise<void>
}

const span = z.object({ name: z.string(), at: z.number(), answered: z.number() })

export async function startSurroundings(): Promise<Surroundings> {
  const program = await startProgram(new URL('outside/main.ts', import.meta.url), {})
  const number = z.number()
  const ports = await program.ask({ ports: 'told' }, z.object({ slack: number, cognito: number }))
  return {
    slackUrl: (side) => `http://127.0.0.1:${ports.slack}/${side}/api/`,
    cognitoUrl: `http://127.0.0.1:${ports.cognito}`,
    latency: async (latency) => void (await program.ask({ latency }, z.unknown())),
    pools: async (count) => void (await program.ask({ pools: count }, z.unknown())),
    viewOf: (trigger) =>
      program.ask({ viewOf: trigger }, z.object({ at: number, privateMetadata: z.string() })),
    calls: async () => {
      const { calls } = await program.ask({ calls: 'taken' }, z.object({ calls: z.array(span) }))
      return calls
    },
    connections: async () => {
      const { slack } = await program.ask({ connections: 'count' }, z.object({ slack: number }))
      return slack
    },
    envelopes: async (side, count, body) =>
      void (await program.ask({ envelopes: { side, count, body } }, z.unknown())),
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  }
}
