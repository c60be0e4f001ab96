import type { Fault as CognitoFault } from '../../playground/cognito/index.ts'
import type { Fault as SlackFault } from '../../playground/slack/types.ts'
import type { Method } from '../story/approvals/acts.ts'

/** What a person does when the process dies. */
export type Act = 'submit' | 'vote' | 'last vote' | 'reveal' | 'deny' | 'withdraw' | 'break-glass'

/** The process dies while it waits for the answer to this call. */
export interface Moment {
  readonly act: Act
  readonly method: Method
  readonly call: string
  readonly fault: SlackFault | Pick<CognitoFault, 'kind'>
}

const hang = { kind: 'hang' } as const
const afterEffect = { kind: 'timeout-after-effect' } as const
const afterCommit = { kind: 'hang-after-commit' } as const

const BOTH = ['temporary', 'email-code'] as const
const WRITE = { temporary: 'AdminSetUserPassword', 'email-code': 'AdminResetUserPassword' } as const

type Point = readonly [call: string, fault: Moment['fault']]
const points = (act: Act, methods: readonly Method[], at: readonly Point[]): readonly Moment[] =>
  methods.flatMap((method) => at.map(([call, fault]) => ({ act, method, call, fault })))

const POSTS: readonly Point[] = [
  ['chat.postMessage', hang],
  ['chat.postMessage', afterEffect],
]
const CARD: readonly Point[] = [
  ['chat.update', hang],
  ['chat.update', afterEffect],
]
const RIGHTS: readonly Point[] = [
  ['users.info', hang],
  ['usergroups.users.list', hang],
]
const writing = (method: Method): readonly Point[] => [
  ['AdminGetUser', hang],
  [WRITE[method], hang],
  [WRITE[method], afterCommit],
]

/** Every remote call of every step, before and after its effect. */
export const moments: readonly Moment[] = [
  ...points('submit', BOTH, [['AdminGetUser', hang], ...POSTS]),
  ...points('vote', BOTH, [...RIGHTS, ...CARD]),
  ...points('last vote', ['temporary'], [...RIGHTS, ...CARD, ...POSTS]),
  ...points('last vote', ['email-code'], [...RIGHTS, ...CARD, ...POSTS, ...writing('email-code')]),
  ...points(
    'reveal',
    ['temporary'],
    [
      ['views.open', hang],
      ['views.open', afterEffect],
      ...RIGHTS,
      ...writing('temporary'),
      ['views.update', hang],
      ['views.update', afterEffect],
      ['chat.update', hang],
    ],
  ),
  ...points('deny', ['email-code'], [['users.info', hang], ...CARD, ...POSTS]),
  ...points('withdraw', ['email-code'], CARD),
  ...BOTH.flatMap((method) =>
    points('break-glass', [method], [['users.info', hang], ...POSTS, ...writing(method)]),
  ),
]

export const nameOf = ({ act, method, call, fault }: Moment): string =>
  `${act} (${method}): ${call} ${fault.kind}`
