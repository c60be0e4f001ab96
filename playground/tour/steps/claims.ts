import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { linesOf } from '../../reading.ts'
import { auditChannel } from '../../world.ts'
import type { Scene } from '../scene.ts'
import { ADA } from './cast.ts'

/** Calls that have changed, or tried to change, a user. */
export const writes = ({ company }: Scene): number =>
  company.cognito.requests.filter(
    ({ operation }) =>
      /^(?:Admin|Update|Create)/u.test(operation) && !/^Admin(?:Get|List)/u.test(operation),
  ).length

/** Waits for a line in the audit channel that holds all of these words. */
export async function auditLine(
  scene: Scene,
  words: readonly string[],
  claim: string,
): Promise<void> {
  const { slack } = scene.company
  const line = await slack.until(
    () =>
      slack
        .channel(auditChannel)
        .messages.flatMap(({ blocks }) => linesOf(blocks))
        .find((one) => words.every((word) => one.includes(word))),
    10_000,
  )
  scene.written.bot([line], '#audit')
  scene.holds(true, claim)
}

/** The password may stand in modals alone: not in a message, the log, or the bot's own files. */
export async function nowhereElse(scene: Scene, password: string): Promise<void> {
  const { slack, bot, folder } = scene.company
  const { channels, directMessages, ephemerals } = slack.snapshot(ADA)
  const messages = [...channels.flatMap((channel) => channel.messages), ...directMessages]
  scene.holds(
    !JSON.stringify([...messages, ...ephemerals]).includes(password),
    'no message holds the password',
  )
  scene.holds(!bot.log.some((line) => line.includes(password)), 'the bot’s log does not hold it')
  const files = await readdir(folder, { recursive: true, withFileTypes: true })
  const contents = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name))),
  )
  scene.holds(
    contents.length > 0 && !contents.some((bytes) => bytes.includes(password)),
    'the bot’s files do not hold it',
  )
}
