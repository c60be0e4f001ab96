import type { Company } from '../company.ts'

/** Something that goes wrong on purpose, once, the next time it can. */
export interface FaultButton {
  readonly id: string
  readonly where: 'Slack' | 'Cognito'
  readonly label: string
  /** What to expect, in one sentence. */
  readonly says: string
  arm(company: Company): void
}

export const faultButtons: readonly FaultButton[] = [
  {
    id: 'views-open-429',
    where: 'Slack',
    label: '429 on views.open',
    says: 'Slack is too busy to open the next form.',
    arm: ({ slack }) => slack.faults.inject('views.open', { kind: 'ratelimited', retryAfter: 5 }),
  },
  {
    id: 'expired-trigger',
    where: 'Slack',
    label: 'Expired trigger',
    says: 'The next form comes too late for Slack.',
    arm: ({ slack }) =>
      slack.faults.inject('views.open', { kind: 'error', error: 'expired_trigger_id' }),
  },
  {
    id: 'lost-reply',
    where: 'Slack',
    label: 'Lost reply on a post',
    says: 'The next message appears, yet the bot never hears that it did. It must not post twice.',
    arm: ({ slack }) => slack.faults.inject('chat.postMessage', { kind: 'timeout-after-effect' }),
  },
  {
    id: 'cognito-throttle',
    where: 'Cognito',
    label: 'Throttled',
    says: 'Cognito answers the next write with “too many requests”. Nothing has changed, so the bot may try again.',
    arm: ({ cognito }) => {
      for (const operation of ['AdminSetUserPassword', 'AdminResetUserPassword'])
        cognito.fail({ operation, kind: 'throttle', times: 1 })
    },
  },
  {
    id: 'cognito-lost',
    where: 'Cognito',
    label: 'Lost after effect',
    says: 'The next password is set, and the answer is lost: the outcome is unknown, never success.',
    arm: ({ cognito }) =>
      cognito.fail({ operation: 'AdminSetUserPassword', kind: 'reset-after-commit', times: 1 }),
  },
  {
    id: 'cognito-slow',
    where: 'Cognito',
    label: 'Slow (4 s)',
    says: 'The next password takes longer than Slack waits: the modal says so, then shows the result.',
    arm: ({ cognito }) =>
      cognito.fail({ operation: 'AdminSetUserPassword', kind: 'slow', times: 1, ms: 4000 }),
  },
]
