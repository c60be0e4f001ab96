import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ConfigFaults, loadConfig, loadInventory, storePlace } from '../src/config.ts'
import { Secret } from '../src/core/secret.ts'
import type { Config } from '../src/config.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lifeguard-config-'))
  writeFileSync(join(folder, 'policy.cedar'), '// nobody may do anything\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

/** The example of the contract. */
const CONTRACT = `slack: { team: T0123, audit_channel: C0AUDIT, approvals_channel: C0APPROVE }
groups:                                   # Cedar groups, filled from Slack
  support: { usergroup: S0SUPPORT }
  cognito-admins: { users: [U0ADA, U0GRACE] }
environments: [dev, staging, prod]
accounts:
  - { name: main, regions: [eu-west-1] }  # optional: role_arn, external_id, source_identity: true
pools:                                    # first match wins; a pool that matches nothing is not managed
  - { match: { name: "prod-*" }, environment: prod }
  - { match: { tags: { env: staging } }, environment: staging }
  - { match: { id: eu-west-1_abc123 }, environment: dev }
approvals: { expire_after: 4h, remind_after: 30m, reveal_within: 15m }
protected_groups: [admins]                # Cognito groups whose members need at least one approval, always
password_length: 22                       # generated passwords: the greater of this and the pool's minimum
limits: { per_requester: 5/10m, per_pool: 30/1h, all: 60/1h }   # writes; \`none\` lifts one
policy: policy.cedar                      # relative to this file
`

/** The least that has to be said. */
const LEAST = `slack: { team: T0123, audit_channel: C0AUDIT }
groups:
  support: { usergroup: S0SUPPORT }
environments: [dev]
pools:
  - { match: { name: "*" }, environment: dev }
`

const TOKENS = { SLACK_BOT_TOKEN: 'xoxb-1-2', SLACK_APP_TOKEN: 'xapp-1-2' }

function write(text: string): string {
  const path = join(folder, 'lifeguard.yml')
  writeFileSync(path, text)
  return path
}

function load(text: string, env: NodeJS.ProcessEnv = {}): Config {
  return loadConfig({ ...TOKENS, AWS_REGION: 'eu-west-1', LIFEGUARD_CONFIG: write(text), ...env })
}

function faultsOf(text: string, env: NodeJS.ProcessEnv = {}): readonly string[] {
  try {
    load(text, env)
  } catch (error) {
    if (!(error instanceof ConfigFaults)) throw error
    return error.faults.map(
      ({ where, sentence }) => `${where.replace(`${folder}/`, '')} ${sentence}`,
    )
  }
  return []
}

describe('a configuration without fault', () => {
  test('the example of the contract is read as it is meant', () => {
    const config = load(CONTRACT)
    expect(config).toMatchObject({
      slack: { team: 'T0123', auditChannel: 'C0AUDIT', approvalsChannel: 'C0APPROVE' },
      http: { host: '127.0.0.1', port: 3000 },
      groups: [
        { name: 'support', usergroup: 'S0SUPPORT', users: [] },
        { name: 'cognito-admins', users: ['U0ADA', 'U0GRACE'] },
      ],
      environments: ['dev', 'staging', 'prod'],
      accounts: [{ name: 'main', regions: ['eu-west-1'], sourceIdentity: false }],
      pools: [
        { match: { name: 'prod-*' }, environment: 'prod' },
        { match: { tags: { env: 'staging' } }, environment: 'staging' },
        { match: { id: 'eu-west-1_abc123' }, environment: 'dev' },
      ],
      approvals: {
        expireAfterMs: 14_400_000,
        remindAfterMs: 1_800_000,
        revealWithinMs: 900_000,
        escalation: undefined,
      },
      protectedGroups: ['admins'],
      passwordLength: 22,
      limits: {
        perRequester: { writes: 5, perMs: 600_000 },
        perPool: { writes: 30, perMs: 3_600_000 },
        all: { writes: 60, perMs: 3_600_000 },
      },
      policy: { path: join(folder, 'policy.cedar'), text: '// nobody may do anything\n' },
      store: { folder: './data' },
      logLevel: 'info',
      aws: { endpoints: [] },
    })
  })

  test('what may be left out has the values of the contract', () => {
    const {
      slack: _slack,
      groups: _groups,
      environments: _environments,
      pools: _pools,
      ...least
    } = load(LEAST)
    const { slack: _s, groups: _g, environments: _e, pools: _p, ...whole } = load(CONTRACT)
    expect({ ...least, protectedGroups: ['admins'] }).toEqual(whole)
    expect(load(LEAST).slack).not.toHaveProperty('approvalsChannel')
  })

  test('the starter file works without a change', () => {
    const example = readFileSync(join(import.meta.dirname, '../lifeguard.example.yml'), 'utf8')
    expect(faultsOf(example)).toEqual([])
    const inventory = loadInventory({ LIFEGUARD_CONFIG: write(example) })
    expect(inventory.environments).toEqual(['dev', 'staging', 'prod'])
  })

  test('the values that the starter file prints are those that hold without them', () => {
    const example = readFileSync(join(import.meta.dirname, '../lifeguard.example.yml'), 'utf8')
    const without = example.replaceAll(
      /^(approvals|protected_groups|password_length|limits|policy):.*$/gm,
      '',
    )
    expect(without).not.toBe(example)
    expect(load(without)).toEqual(load(example))
  })

  test('an account may be reached through a role', () => {
    const role = 'arn:aws:iam::123456789012:role/lifeguard'
    const { accounts } = load(
      `${LEAST}accounts: [{ name: main, regions: [eu-west-1], role_arn: "${role}", external_id: abc-123, source_identity: true }]`,
    )
    expect(accounts).toEqual([
      {
        name: 'main',
        regions: ['eu-west-1'],
        roleArn: role,
        externalId: 'abc-123',
        sourceIdentity: true,
      },
    ])
  })

  test.each([
    ['AWS_REGION', 'us-gov-west-1'],
    ['AWS_DEFAULT_REGION', 'ap-southeast-5'],
  ])('without accounts, %s says where the pools are', (name, region) => {
    expect(load(LEAST, { AWS_REGION: '', [name]: region }).accounts).toEqual([
      { name: 'main', regions: [region], sourceIdentity: false },
    ])
  })

  test('none lifts one limit and leaves the others', () => {
    const { limits } = load(`${LEAST}limits: { per_pool: none }`)
    expect(limits).toEqual({
      perRequester: { writes: 5, perMs: 600_000 },
      perPool: undefined,
      all: { writes: 60, perMs: 3_600_000 },
    })
  })

  test.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['4h', 14_400_000],
    ['2d', 172_800_000],
  ])('the duration %s is %d ms', (text, ms) => {
    expect(load(`${LEAST}approvals: { expire_after: ${text} }`).approvals.expireAfterMs).toBe(ms)
  })

  test('a second group may be called when nobody answers', () => {
    const { approvals } = load(`${LEAST}approvals: { escalate_after: 1h, escalate_to: support }`)
    expect(approvals.escalation).toEqual({ afterMs: 3_600_000, group: 'support' })
    expect(load(`${LEAST}approvals: { escalate_after: none }`).approvals.escalation).toBeUndefined()
  })

  test.each([
    'postgres://lifeguard:secret-word@db.example.com:5432/lifeguard',
    'postgresql://lifeguard:secret-word@db/lifeguard?sslmode=require',
    'postgres:///lifeguard?host=/var/run/postgresql&password=secret-word',
  ])('%s is a shared store, whatever folder is named', (url) => {
    const env = { DATABASE_URL: url, LIFEGUARD_DATA: '/data' }
    const { store } = load(LEAST, env)
    expect(store).toEqual({ url: expect.any(Secret) as Secret })
    expect('url' in store && store.url.reveal()).toBe(url)
    expect(JSON.stringify(store)).not.toContain('secret-word')
    expect(storePlace(env)).toEqual(store)
  })

  test('where the store is can be asked alone, without tokens and settings', () => {
    expect(storePlace({})).toEqual({ folder: './data' })
    expect(storePlace({ LIFEGUARD_DATA: '/data', DATABASE_URL: '' })).toEqual({ folder: '/data' })
    expect(() => storePlace({ DATABASE_URL: 'mysql://u:secret-word@db' })).toThrow(ConfigFaults)
    expect(() => storePlace({ DATABASE_URL: 'mysql://u:secret-word@db' })).toThrow(
      /^DATABASE_URL: (?!.*secret-word)/,
    )
  })

  test('an app token means Socket Mode, with or without a signing secret', () => {
    const { slack } = load(LEAST, { SLACK_SIGNING_SECRET: 'f'.repeat(32) })
    expect(slack.appToken?.reveal()).toBe('xapp-1-2')
    expect(slack).not.toHaveProperty('signingSecret')
  })

  test('a signing secret alone means HTTP', () => {
    const { slack, http } = load(LEAST, {
      SLACK_APP_TOKEN: '',
      SLACK_SIGNING_SECRET: 'f'.repeat(32),
      HOST: '0.0.0.0',
      PORT: '0',
    })
    expect(slack.signingSecret?.reveal()).toBe('f'.repeat(32))
    expect(slack).not.toHaveProperty('appToken')
    expect(http).toEqual({ host: '0.0.0.0', port: 0 })
  })

  test('overridden endpoints are told, unless the SDK ignores them', () => {
    const env = {
      AWS_ENDPOINT_URL_STS: 'https://sts.example.com',
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'http://127.0.0.1:4566',
    }
    expect(load(LEAST, env).aws.endpoints).toEqual([
      'AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=http://127.0.0.1:4566',
      'AWS_ENDPOINT_URL_STS=https://sts.example.com',
    ])
    const ignored = load(LEAST, { ...env, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' })
    expect(ignored.aws.endpoints).toEqual([])
  })

  test('it is frozen through and through, and prints no token', () => {
    const config = load(CONTRACT)
    expect(Object.isFrozen(config)).toBe(true)
    expect(Object.isFrozen(config.pools[0]?.match)).toBe(true)
    expect(JSON.stringify(config)).not.toMatch(/xoxb|xapp/)
  })
})

describe('faults in lifeguard.yml', () => {
  const group = (text: string) => LEAST.replace('{ usergroup: S0SUPPORT }', text)
  const pool = (text: string) => LEAST.replace('{ match: { name: "*" }, environment: dev }', text)
  const match = (text: string) => pool(`{ match: ${text}, environment: dev }`)
  const account = (text: string) => `${LEAST}accounts:\n  - { ${text} }`

  test.each([
    ['an unknown setting', `${LEAST}aprovals: {}`, 7, 'Did you mean "approvals"?'],
    ['an unknown setting far from all', `${LEAST}zebra: 1`, 7, 'Known here: slack, groups,'],
    [
      'an unknown member',
      LEAST.replace('audit_channel', 'audit_chanel'),
      1,
      'Did you mean "audit_channel"?',
    ],
    [
      'a missing member',
      LEAST.replace(', audit_channel: C0AUDIT', ''),
      1,
      'slack.audit_channel is missing. Give the id',
    ],
    [
      'a missing section',
      LEAST.replace('environments: [dev]', ''),
      1,
      'environments is missing. List the environments',
    ],
    [
      'a team that is none',
      LEAST.replace('T0123', 'E0123'),
      1,
      'slack.team: Give the id of your workspace',
    ],
    [
      'a channel by name',
      LEAST.replace('C0AUDIT', '"#audit"'),
      1,
      'slack.audit_channel: Give the id',
    ],
    [
      'a user by name',
      group('{ users: [U0ADA, ada] }'),
      3,
      'groups.support.users[1]: Give the id of a Slack member',
    ],
    [
      'a user group by name',
      group('{ usergroup: "@support" }'),
      3,
      'Give the id of a Slack user group',
    ],
    ['an empty group', group('{}'), 3, 'Say who is in the group'],
    ['a group without anything', group(''), 3, 'Write who is in the group'],
    [
      'no groups at all',
      LEAST.replace(/groups:\n.*\n/, 'groups: {}\n'),
      2,
      'Name at least one group',
    ],
    [
      'a group name with a quote',
      LEAST.replace('support:', `'su"port':`),
      3,
      'Give the group a name',
    ],
    [
      'a duplicate group',
      LEAST.replace('environments', '  support: {users: []}\nenvironments'),
      4,
      'stands here twice',
    ],
    ['a duplicate environment', LEAST.replace('[dev]', '[dev, dev]'), 4, 'stands here twice'],
    [
      'an unknown environment',
      pool('{ match: { name: a }, environment: dve }'),
      6,
      '"dve" is not among your environments. Did you mean "dev"?',
    ],
    [
      'an environment that is no text',
      LEAST.replace('[dev]', '[1]'),
      4,
      'Give the environment a name',
    ],
    ['a rule without a match', pool('{ environment: dev }'), 6, 'pools[0].match is missing'],
    ['a match without a condition', match('{}'), 6, 'Say what to match'],
    ['a match with no tags in it', match('{ tags: {} }'), 6, 'Say what to match'],
    ['a regular expression', match('{ name: "^prod-.*$" }'), 6, 'this is no regular expression'],
    ['a glob with braces', match('{ name: "{a,b}-*" }'), 6, 'this is no regular expression'],
    ['a pool id that is none', match('{ id: abc123 }'), 6, 'Give the id of a user pool'],
    [
      'a pool id of another region',
      `${match('{ id: us-east-1_abc }')}accounts: [{ name: main, regions: [eu-west-1] }]`,
      6,
      'No account lists the region of us-east-1_abc',
    ],
    [
      'a tag that is no text',
      match('{ tags: { live: true } }'),
      6,
      'pools[0].match.tags.live: Write the value of the tag as text',
    ],
    [
      'a region that is none',
      account('name: main, regions: [eu-west]'),
      8,
      'accounts[0].regions[0]: Give the name of an AWS region',
    ],
    ['an account without regions', account('name: main, regions: []'), 8, 'List the AWS regions'],
    [
      'a region twice',
      account('name: main, regions: [eu-west-1, eu-west-1]'),
      8,
      'stands here twice',
    ],
    [
      'accounts of one name',
      `${account('name: a, regions: [eu-west-1]')}\n  - { name: a, regions: [eu-west-2] }`,
      7,
      'same name',
    ],
    [
      'a role that is no ARN',
      account('name: main, regions: [eu-west-1], role_arn: lifeguard'),
      8,
      'Give the ARN of a role',
    ],
    [
      'an external id without a role',
      account('name: main, regions: [eu-west-1], external_id: abc'),
      8,
      'only together with role_arn',
    ],
    [
      'a source identity without a role',
      account('name: main, regions: [eu-west-1], source_identity: true'),
      8,
      'only together with role_arn',
    ],
    [
      'a duration without a unit',
      `${LEAST}approvals:\n  remind_after: 30`,
      8,
      'Write a duration such as',
    ],
    [
      'a duration of nothing',
      `${LEAST}approvals:\n  remind_after: 0m`,
      8,
      'Write a duration such as',
    ],
    [
      'a duration of years',
      `${LEAST}approvals:\n  expire_after: 366d`,
      8,
      'Write a duration such as',
    ],
    [
      'a second group without a time',
      `${LEAST}approvals:\n  escalate_to: support`,
      8,
      'approvals.escalate_to: Say when it is called: add escalate_after, such as 1h.',
    ],
    [
      'a time without a second group',
      `${LEAST}approvals:\n  escalate_after: 1h`,
      7,
      'approvals.escalate_to is missing. Name the group that is called then',
    ],
    [
      'a second group that nobody knows',
      `${LEAST}approvals:\n  escalate_after: 1h\n  escalate_to: suport`,
      9,
      '"suport" is not among your groups. Did you mean "support"?',
    ],
    [
      'a second group that is called too late',
      `${LEAST}approvals:\n  escalate_to: support\n  escalate_after: 4h`,
      9,
      'approvals.escalate_after: Nobody would be called: a request expires before.',
    ],
    [
      'a time for the second group that is none',
      `${LEAST}approvals:\n  escalate_to: support\n  escalate_after: never`,
      9,
      'or 2d (at most 365d), or none.',
    ],
    ['a limit without a time', `${LEAST}limits:\n  all: 60`, 8, 'such as 5/10m, or none'],
    ['a limit of no writes', `${LEAST}limits:\n  all: 0/1h`, 8, 'such as 5/10m, or none'],
    ['a limit with a bad time', `${LEAST}limits:\n  all: 5/soon`, 8, 'such as 5/10m, or none'],
    ['a short password', `${LEAST}password_length: 8`, 7, 'too easy to guess'],
    ['a long password', `${LEAST}password_length: 100`, 7, 'from 16 to 99'],
    ['half a character', `${LEAST}password_length: 20.5`, 7, 'whole number'],
    [
      'a Cognito group with a space',
      `${LEAST}protected_groups: ["the admins"]`,
      7,
      'Give the name of a Cognito group',
    ],
    ['a policy that is not there', `${LEAST}policy: polcy.cedar`, 7, 'There is no policy at'],
    ['a broken bracket', `${LEAST}policy: [a`, 7, 'not valid YAML'],
    ['a tab', LEAST.replace('  support', '\tsupport'), 3, 'with spaces'],
    ['an unknown alias', `${LEAST}policy: *nowhere`, 7, 'Write out what *nowhere stands for'],
    ['a text instead of settings', 'hello', 1, 'This file: Write settings'],
    ['an empty file', '', 1, 'slack is missing. Write the Slack ids'],
  ])('%s', (_what, text, line, says) => {
    const there = faultsOf(text).filter((fault) => fault.startsWith(`lifeguard.yml:${line} `))
    expect(there).toContainEqual(expect.stringContaining(says))
  })

  test('a missing file says what to do', () => {
    const path = join(folder, 'absent.yml')
    expect(() => loadInventory({ LIFEGUARD_CONFIG: path })).toThrow(
      /absent\.yml: There is no such file/,
    )
  })

  test('without LIFEGUARD_CONFIG the file of this folder is read', () => {
    expect(() => loadInventory({})).toThrow(/^lifeguard\.yml: There is no such file/)
  })

  test('the policy is looked for beside the file', () => {
    const path = relative(process.cwd(), write(LEAST))
    const { policy } = loadInventory({ LIFEGUARD_CONFIG: path, AWS_REGION: 'eu-west-1' })
    expect(policy.path).toBe(join(path, '../policy.cedar'))
  })

  test('without accounts and without a region it is not known where the pools are', () => {
    const [fault] = faultsOf(LEAST, { AWS_REGION: 'nowhere' })
    expect(fault).toMatch(/^lifeguard\.yml:1 It is not said where the pools are/)
  })

  test('every unknown key has its own line', () => {
    expect(faultsOf(`${LEAST}aprovals: {}\nlimit: {}`)).toEqual([
      'lifeguard.yml:7 "aprovals" is not a setting here. Did you mean "approvals"?',
      'lifeguard.yml:8 "limit" is not a setting here. Did you mean "limits"?',
    ])
  })
})

describe('faults in the environment', () => {
  const NONE = { SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: '' }

  test.each([
    ['SLACK_BOT_TOKEN', '', 'It is missing'],
    ['SLACK_BOT_TOKEN', 'xoxp-user', 'starts with xoxb-'],
    ['SLACK_APP_TOKEN', 'xoxb-1', 'starts with xapp-'],
    ['SLACK_API_URL', 'http://slack.example.com/api/', 'Give an https:// address'],
    ['SLACK_API_URL', 'nonsense', 'Give an https:// address'],
    ['AWS_ENDPOINT_URL', 'http://169.254.169.254', 'Give an https:// address'],
    ['AWS_ENDPOINT_URL_STS', 'https://a:b@sts.example.com', 'without user name'],
    ['AWS_ENDPOINT_URL_STS', 'https://:b@sts.example.com', 'without user name'],
    ['PORT', '70000', 'from 0 to 65535'],
    ['PORT', 'http', 'from 0 to 65535'],
    ['LOG_LEVEL', 'inof', 'Did you mean info?'],
    ['DATABASE_URL', 'mysql://u:secret-word@db/lifeguard', 'such as postgres://user:password@host'],
    ['DATABASE_URL', 'postgres:secret-word', 'such as postgres://user:password@host'],
    ['DATABASE_URL', 'postgres://u:secret#word@db/lifeguard', 'percent-encoded'],
    ['DATABASE_URL', 'secret-word', 'or unset it'],
  ])('%s=%s', (name, value, says) => {
    const faults = faultsOf(LEAST, { [name]: value })
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatch(new RegExp(`^${name} `))
    expect(faults[0]).toContain(says)
    if (value.length > 4) expect(faults[0]).not.toContain(value)
  })

  test('neither an app token nor a signing secret', () => {
    expect(faultsOf(LEAST, { SLACK_APP_TOKEN: '' })).toEqual([
      expect.stringMatching(/^SLACK_APP_TOKEN Set it for Socket Mode/),
    ])
  })

  test('a short signing secret', () => {
    expect(faultsOf(LEAST, { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: 'f'.repeat(31) })).toEqual([
      expect.stringMatching(/^SLACK_SIGNING_SECRET It is too short/),
    ])
  })

  test('all faults of both are told at once', () => {
    const text = `${LEAST.replace('T0123', 'nobody')}aprovals: {}`
    const wheres = faultsOf(text, { ...NONE, LOG_LEVEL: 'loud', PORT: '-1' }).map(
      (fault) => fault.split(' ')[0],
    )
    expect(new Set(wheres)).toEqual(
      new Set([
        'LOG_LEVEL',
        'PORT',
        'SLACK_APP_TOKEN',
        'SLACK_BOT_TOKEN',
        'lifeguard.yml:1',
        'lifeguard.yml:7',
      ]),
    )
  })

  test('the error itself names every fault', () => {
    expect(() => load(LEAST, NONE)).toThrow(/SLACK_APP_TOKEN: .*\nSLACK_BOT_TOKEN: /)
  })
})
