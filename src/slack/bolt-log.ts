import type { Logger } from '@slack/bolt'
import { LogLevel } from '@slack/bolt'
import type { Log } from './log.ts'

/**
 * Slack's libraries print typed values, tokens' neighbours and generated passwords at debug
 * (slack.md 2.5): whatever the level of our log, they have none below info.
 */
export function slackLog(log: Log, name = 'slack'): Logger {
  const write = (level: 'info' | 'warn' | 'error', said: readonly unknown[]): void => {
    const err = said.find((part) => part instanceof Error)
    log[level]({ from: name, ...(err === undefined ? {} : { err }) }, sentenceOf(said))
  }
  return {
    debug: () => undefined,
    info: (...said: unknown[]) => write('info', said),
    warn: (...said: unknown[]) => write('warn', said),
    error: (...said: unknown[]) => write('error', said),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  }
}

/** Objects are left out: they are payloads. */
function sentenceOf(said: readonly unknown[]): string {
  const words = said.filter((part) => typeof part === 'string').join(' ')
  return words === '' ? 'Slack’s library reports a fault.' : words
}
