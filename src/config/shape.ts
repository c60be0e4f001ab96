import { z } from 'zod'
import { duration, durationOrNone, limit } from './duration.ts'
import { like, listOf, oneOf, section, unique } from './section.ts'

/** What other sections may refer to, read before the whole is judged. */
export interface Names {
  readonly groups: readonly string[]
  readonly environments: readonly string[]
  /** Regions of all accounts; empty when they come from the environment. */
  readonly regions: readonly string[]
}

export const REGION = /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/
const NAME = /^[^\p{C}"\\]{1,64}$/u
const ROLE = /^arn:aws[\w-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/
const POOL_ID = /^([\w-]{1,45})_[0-9a-zA-Z]{1,54}$/
const POOL_GLOB = /^[A-Za-z0-9_ \t+=,.@*?-]{1,128}$/

const name = (of: string) =>
  like(NAME, `Give ${of} a name of 1 to 64 characters without quotes and backslashes.`)

const channel = (of: string) =>
  like(
    /^[CG][A-Z0-9]+$/,
    `Give the id of ${of}, such as C0123ABCD (in Slack: channel details, at the very bottom).`,
  )

const slack = section(
  {
    team: like(/^T[A-Z0-9]+$/, 'Give the id of your workspace, such as T0123ABCD.'),
    audit_channel: channel('the channel for audit lines'),
    approvals_channel: channel('the channel where approvals are asked for').optional(),
  },
  'the Slack ids: team, audit_channel and, if you use approvals, approvals_channel',
)

const group = section(
  {
    usergroup: like(
      /^S[A-Z0-9]+$/,
      'Give the id of a Slack user group, such as S0123ABCD.',
    ).optional(),
    users: z
      .array(
        like(/^[UW][A-Z0-9]+$/, 'Give the id of a Slack member, such as U0123ABCD.'),
        'List the ids of Slack members, such as [U0123ABCD].',
      )
      .optional(),
  },
  'who is in the group: usergroup: S0123ABCD, or users: [U0123ABCD], or both',
).refine(({ usergroup, users }) => usergroup !== undefined || users !== undefined, {
  error: 'Say who is in the group: usergroup: S0123ABCD, or users: [U0123ABCD], or both.',
})

const account = section(
  {
    name: name('the account'),
    regions: listOf(
      like(REGION, 'Give the name of an AWS region, such as eu-west-1.'),
      'List the AWS regions with user pools, such as [eu-west-1].',
    ).refine(
      unique((region) => region),
      'A region stands here twice. Keep one of the two.',
    ),
    role_arn: like(
      ROLE,
      'Give the ARN of a role, such as arn:aws:iam::123456789012:role/lifeguard.',
    ).optional(),
    external_id: like(
      /^[\w+=,.@:/-]{2,1224}$/,
      'Write 2 to 1224 letters, digits and + = , . @ : / - _ (STS AssumeRole).',
    ).optional(),
    source_identity: z.boolean('Write true or false.').default(false),
  },
  'an account: { name: main, regions: [eu-west-1] }',
).superRefine((given, context) => {
  if (given.role_arn !== undefined) return
  const needless = {
    external_id: given.external_id !== undefined,
    source_identity: given.source_identity,
  }
  for (const [key, set] of Object.entries(needless))
    if (set)
      context.addIssue({
        code: 'custom',
        path: [key],
        message: 'It works only together with role_arn. Add role_arn or remove this.',
      })
})

function rule({ environments, regions }: Names) {
  const match = section(
    {
      name: like(
        POOL_GLOB,
        'Write the name of pools with * for any text and ? for one character (this is no regular ' +
          'expression). Names of pools hold letters, digits, spaces and + = , . @ - _ only.',
      ).optional(),
      id: like(POOL_ID, 'Give the id of a user pool, such as eu-west-1_AbCdEf123.')
        .refine((id) => regions.length === 0 || regions.includes(regionOf(id)), {
          error: ({ input }) =>
            `No account lists the region of ${String(input)}. Add the region under accounts.`,
        })
        .optional(),
      tags: z
        .record(
          z.string().min(1).max(128),
          z
            .string('Write the value of the tag as text: put it in quotes.')
            .max(256, 'The value of a tag has at most 256 characters.'),
          'Write tags and their values, such as { env: staging }.',
        )
        .optional(),
    },
    'what to match: { name: "prod-*" }, { id: eu-west-1_AbCdEf123 } or { tags: { env: prod } }',
  ).refine(({ name: glob, id, tags }) => glob ?? id ?? (tags && Object.keys(tags).length > 0), {
    error: 'Say what to match: name, id or tags.',
  })
  return section(
    { match, environment: oneOf(environments, 'environments') },
    'a rule: { match: { name: "prod-*" }, environment: prod }',
  )
}

function regionOf(poolId: string): string {
  return POOL_ID.exec(poolId)?.[1] ?? ''
}

function approvals({ groups }: Names) {
  return section(
    {
      expire_after: duration('4h'),
      remind_after: duration('30m'),
      reveal_within: duration('15m'),
      escalate_after: durationOrNone(),
      escalate_to: oneOf(groups, 'groups').optional(),
    },
    'durations: { expire_after: 4h, remind_after: 30m, reveal_within: 15m }',
  )
    .superRefine(({ escalate_after: after, escalate_to: to, expire_after: end }, context) => {
      const blame = (member: string, message: string) =>
        context.addIssue({ code: 'custom', path: [member], message })
      if (after !== undefined && to === undefined)
        blame('escalate_to', 'Name the group that is called then, such as cognito-admins.')
      if (after === undefined && to !== undefined)
        blame('escalate_to', 'Say when it is called: add escalate_after, such as 1h.')
      if (after !== undefined && after >= end)
        blame('escalate_after', 'Nobody would be called: a request expires before. Write less.')
    })
    .prefault({})
}

/** The whole of lifeguard.yml. Messages say what to write; the path goes before them. */
export function shapeOf(names: Names) {
  return section(
    {
      slack,
      groups: z
        .record(name('the group'), group, 'Name your groups and who is in them.')
        .refine((groups) => Object.keys(groups).length > 0, 'Name at least one group.'),
      environments: listOf(
        name('the environment'),
        'List the environments of your pools, such as [dev, staging, prod].',
      ).refine(
        unique((environment) => environment),
        'A name stands here twice. Keep one of the two.',
      ),
      accounts: listOf(account, 'List AWS accounts: { name: main, regions: [eu-west-1] }.')
        .refine(
          unique((one: { readonly name: string }) => one.name),
          'Two accounts have the same name. Rename one of the two.',
        )
        .optional(),
      pools: listOf(
        rule(names),
        'List rules that say which pools belong to which environment, such as ' +
          '{ match: { name: "prod-*" }, environment: prod }.',
      ),
      approvals: approvals(names),
      protected_groups: z
        .array(
          like(
            /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u,
            'Give the name of a Cognito group: 1 to 128 characters without spaces.',
          ),
          'List names of Cognito groups, such as [admins].',
        )
        .default([]),
      password_length: z
        .int('Write a whole number from 16 to 99.')
        .min(16, 'Write a number from 16 to 99: shorter generated passwords are too easy to guess.')
        .max(99, 'Write a number from 16 to 99: Cognito pools ask for 99 characters at most.')
        .default(22),
      bulk_users: z
        .int('Write a whole number from 1 to 100.')
        .min(1, 'Write a number from 1 to 100.')
        .max(100, 'Write a number from 1 to 100: whoever approves has to read the whole list.')
        .default(25),
      limits: section(
        { per_requester: limit('5/10m'), per_pool: limit('30/1h'), all: limit('60/1h') },
        'limits: { per_requester: 5/10m, per_pool: 30/1h, all: 60/1h }',
      ).prefault({}),
      policy: z
        .string('Give the path of the Cedar policy, relative to this file.')
        .min(1, 'Give the path of the Cedar policy, relative to this file.')
        .default('policy.cedar'),
    },
    'settings as in lifeguard.example.yml',
  )
}

/** Reads leniently what other sections refer to: their own faults are told elsewhere. */
export function namesIn(value: unknown): Names {
  const strings = z.array(z.string().catch('')).catch([])
  const lenient = z
    .object({
      groups: z.record(z.string(), z.unknown()).catch({}),
      environments: strings,
      accounts: z.array(z.object({ regions: strings }).catch({ regions: [] })).catch([]),
    })
    .catch({ groups: {}, environments: [], accounts: [] })
  const { groups, environments, accounts } = lenient.parse(value)
  return {
    groups: Object.keys(groups),
    environments: environments.filter(Boolean),
    regions: accounts.flatMap(({ regions }) => regions.filter(Boolean)),
  }
}
