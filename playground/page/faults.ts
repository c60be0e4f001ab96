import { z } from 'zod'
import type { Company } from '../company.ts'

/** Something that goes wrong on purpose, or changes while somebody waits. */
export interface FaultButton {
  readonly id: string
  readonly where: 'Slack' | 'Cognito' | 'Between the clicks'
  readonly label: string
  /** At once, or the next time it can. */
  readonly at: 'now' | 'next'
  /** What to expect, in one sentence. */
  readonly says: string
  arm(company: Company): void
}

export const faultButtons: readonly FaultButton[] = [
  {
    id: 'views-open-429',
    where: 'Slack',
    label: '429 on views.open',
    at: 'next',
    says: 'Slack is too busy to open the next form.',
    arm: ({ slack }) => slack.faults.inject('views.open', { kind: 'ratelimited', retryAfter: 5 }),
  },
  {
    id: 'expired-trigger',
    where: 'Slack',
    label: 'Expired trigger',
    at: 'next',
    says: 'The next form comes too late for Slack.',
    arm: ({ slack }) =>
      slack.faults.inject('views.open', { kind: 'error', error: 'expired_trigger_id' }),
  },
  {
    id: 'lost-reply',
    where: 'Slack',
    label: 'Lost reply on a post',
    at: 'next',
    says: 'The next message appears, yet the bot never hears that it did. It must not post twice.',
    arm: ({ slack }) => slack.faults.inject('chat.postMessage', { kind: 'timeout-after-effect' }),
  },
  {
    id: 'cognito-throttle',
    where: 'Cognito',
    label: 'Throttled',
    at: 'next',
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
    at: 'next',
    says: 'The next password is set, and the answer is lost: the outcome is unknown, never success.',
    arm: ({ cognito }) =>
      cognito.fail({ operation: 'AdminSetUserPassword', kind: 'reset-after-commit', times: 1 }),
  },
  {
    id: 'cognito-slow',
    where: 'Cognito',
    label: 'Slow (4 s)',
    at: 'next',
    says: 'The next password takes longer than Slack waits: the modal says so, then shows the result.',
    arm: ({ cognito }) =>
      cognito.fail({ operation: 'AdminSetUserPassword', kind: 'slow', times: 1, ms: 4000 }),
  },
  {
    id: 'approver-out',
    where: 'Between the clicks',
    label: 'Grace is no admin',
    at: 'now',
    says: 'Takes Grace out of @cognito-admins. A vote she has given counts no more.',
    arm: ({ slack }) => slack.setUsergroup('S0ADMINS', without(adminsOf(slack), 'U0GRACE')),
  },
  {
    id: 'approver-in',
    where: 'Between the clicks',
    label: 'Grace is back',
    at: 'now',
    says: 'Puts her into the group again.',
    arm: ({ slack }) =>
      slack.setUsergroup('S0ADMINS', ['U0GRACE', ...without(adminsOf(slack), 'U0GRACE')]),
  },
  {
    id: 'user-disabled',
    where: 'Between the clicks',
    label: 'Disable the user',
    at: 'now',
    says: 'Whom Lifeguard read last in Cognito. What was approved is then not what would happen.',
    arm: ({ cognito }) => {
      const { UserPoolId, Username } = lastRead(cognito)
      cognito.pools.change(UserPoolId, Username, (user) => {
        user.enabled = false
      })
    },
  },
]

const adminsOf = (slack: Company['slack']): readonly string[] =>
  slack.usergroups().find(({ id }) => id === 'S0ADMINS')?.users ?? []

const without = (people: readonly string[], one: string): readonly string[] =>
  people.filter((id) => id !== one)

const userRead = z.object({ UserPoolId: z.string(), Username: z.string() })

function lastRead({ requests }: Company['cognito']): z.infer<typeof userRead> {
  const read = requests.findLast(({ operation }) => operation === 'AdminGetUser')
  if (!read) throw new Error('Lifeguard has not read any user yet. Ask for a reset first.')
  return userRead.parse(read.input)
}
