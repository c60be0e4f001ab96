import { setTimeout as pause } from 'node:timers/promises'
import { command, resetSubmission } from './deliveries.ts'
import type { Acknowledged, Sender } from './sender.ts'
import type { Surroundings } from './surroundings.ts'

/** What people do, step by step, with any server that answers like the bot. */

export const RESET = 'reset-password staging-customers grace'
const INTRODUCTION_MS = 10_000

let triggers = 0

/** A trigger that was never used, so that its view can be told from others. */
export function newTrigger(): string {
  return `trigger-${(triggers += 1)}`
}

/** The first command of a person makes the bot ask Slack who they are; resolves when it knows. */
export async function introduce(server: Pick<Sender, 'send'>): Promise<void> {
  const deadline = Date.now() + INTRODUCTION_MS
  while (Date.now() < deadline) {
    const { text } = await server.send(command('help', newTrigger()))
    if (text !== '') return
    await pause(20)
  }
  throw new Error('The bot did not get to know the person who asks.')
}

export interface OpenedForm {
  readonly privateMetadata: string
  /** When the command was sent and when the view reached Slack, in milliseconds of one clock. */
  readonly sentAt: number
  readonly arrivedAt: number
}

export async function openForm(
  server: Pick<Sender, 'send'>,
  around: Surroundings,
): Promise<OpenedForm> {
  const trigger = newTrigger()
  const { sentAt } = await server.send(command(RESET, trigger))
  const { at, privateMetadata } = await around.viewOf(trigger)
  return { privateMetadata, sentAt, arrivedAt: at }
}

/** Rejects unless the acknowledgement carries the password; its text is never quoted. */
export async function submit(
  server: Pick<Sender, 'send'>,
  privateMetadata: string,
): Promise<Acknowledged> {
  const acknowledged = await server.send(resetSubmission(privateMetadata))
  if (!acknowledged.text.includes('"block_id":"secret"'))
    throw new Error('The form was sent, and no password came back.')
  return acknowledged
}
