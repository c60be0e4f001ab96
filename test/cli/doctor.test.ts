import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { freePort } from '../../playground/free-port.ts'
import { dangerIn } from '../../src/cli/doctor/store.ts'
import { openStore } from '../../src/store/store.ts'
import { schemaBench, sendTo } from '../store/schema-bench.ts'
import type { Clinic } from './clinic.ts'
import { clinic } from './clinic.ts'

const ROOT = join(import.meta.dirname, '../..')

describe('a healthy Lifeguard', () => {
  test('has a line for everything, and the code 0', async () => {
    await using here = await clinic()
    const { code, printed } = await here.examine()
    expect(printed).toEqual([
      '✓ Settings: 5 groups, 3 environments, 1 account. Slack comes over Socket Mode.',
      `    Note: AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER=${here.cognito.url} stands in for AWS’s own address.`,
      `    Note: AWS_ENDPOINT_URL_STS=${here.cognito.url} stands in for AWS’s own address.`,
      expect.stringMatching(/^✓ policy\.cedar: valid, \d+ policies \(version [0-9a-f]{12}\)\.$/),
      expect.stringMatching(
        /^✓ Store: SQLite 3\.\S+ at data\/lifeguard\.db, every commit is synced, tables of version \d+, just made\.$/,
      ),
      `✓ AWS main, eu-west-1: 3 user pools, listed at ${here.cognito.url}.`,
      '✓ Slack: signed in to the workspace T0LOCAL as U0BOT.',
      '✓ Slack Socket Mode: SLACK_APP_TOKEN may open connections.',
      '✓ Slack audit_channel C0AUDIT: Lifeguard is a member, and it is not shared.',
      '✓ Slack approvals_channel C0APPROVE: Lifeguard is a member, and it is not shared.',
      '✓ Slack group support: 3 people.',
      '✓ Slack group cognito-admins: 2 people.',
      '✓ Slack group support-leads: 1 person.',
      '✓ Slack group platform: 1 person.',
      '✓ Slack group contractors: 1 person.',
    ])
    expect(code).toBe(0)
  })

  test('is changed in nothing: reads alone, and no complaint of the local Slack', async () => {
    await using here = await clinic()
    await here.examine()
    expect(here.slack.problems).toEqual([])
    expect(new Set(here.slack.calls.map(({ method }) => method))).toEqual(
      new Set([
        'auth.test',
        'users.info',
        'apps.connections.open',
        'conversations.info',
        'usergroups.users.list',
      ]),
    )
    expect(here.cognito.requests.map(({ operation }) => operation)).toEqual(['ListUserPools'])
    expect(await readdir(here.folder)).toEqual(['data', 'lifeguard.yml', 'policy.cedar'])
  })

  test('keeps its store as it is', async () => {
    await using here = await clinic()
    const folder = join(here.folder, 'data')
    const store = await openStore({ folder, now: Date.now })
    await store.append({ event: 'started', actor: 'lifeguard' })
    const head = await store.head()
    const { printed, code } = await here.examine()
    expect(printed.find((line) => line.startsWith('✓ Store'))).toMatch(/version \d+\.$/)
    expect(code).toBe(0)
    expect(await store.head()).toEqual(head)
    await store.close()
  })

  test('may be reached over HTTP', async () => {
    await using here = await clinic()
    const { code, printed } = await here.examine({
      SLACK_APP_TOKEN: '',
      SLACK_SIGNING_SECRET: here.slack.signingSecret,
      PORT: '8080',
    })
    expect(printed[0]).toContain('Slack comes over HTTP to 127.0.0.1:8080/slack/events.')
    expect(printed.join('\n')).not.toContain('Socket Mode')
    expect(code).toBe(0)
  })

  test('is looked at by the command line too', async () => {
    await using here = await clinic()
    const { promise, resolve } = Promise.withResolvers<{ code: unknown; out: string }>()
    execFile(
      process.execPath,
      [join(ROOT, 'src/cli.ts'), 'doctor'],
      { cwd: here.folder, env: { ...here.healthy } },
      (error, out, err) => resolve({ code: error?.code ?? 0, out: out + err }),
    )
    const { code, out } = await promise
    expect(out.split('\n').filter((line) => line.startsWith('✗'))).toEqual([])
    expect(out).toMatch(/^✓ Settings: /)
    expect(code).toBe(0)
  })
})

type Ailment = (here: Clinic) => unknown

const channel =
  (patch: Parameters<Clinic['slack']['setChannel']>[1]): Ailment =>
  ({ slack }) =>
    slack.setChannel('C0AUDIT', patch)

const replaced =
  (from: string | RegExp, to: string): Ailment =>
  ({ settings }) =>
    settings((text) => text.replace(from, to))

const fails =
  (method: string, error: string): Ailment =>
  ({ slack }) =>
    slack.faults.inject(method, { kind: 'error', error })

describe('what ails is told with what to do, and the rest is still looked at', () => {
  test.each<[string, string | RegExp, Ailment]>([
    [
      'a channel that is archived',
      '✗ Slack audit_channel C0AUDIT: it is archived. Unarchive it, or set audit_channel to another one.',
      channel({ is_archived: true }),
    ],
    [
      'a channel that is shared',
      '✗ Slack audit_channel C0AUDIT: it is shared with another company. Set audit_channel to one that is not.',
      channel({ is_ext_shared: true }),
    ],
    [
      'a channel without the bot',
      '✗ Slack audit_channel C0AUDIT: Lifeguard is not a member. Type /invite @Lifeguard in it.',
      channel({ bot_is_member: false }),
    ],
    [
      'a private channel without the bot',
      /^✗ Slack audit_channel C0AUDIT: there is no such channel, or it is private .* \(channel_not_found\)\. Correct the id/,
      channel({ bot_is_member: false, is_private: true }),
    ],
    [
      'a channel that does not exist',
      /^✗ Slack approvals_channel C0NOWHERE: there is no such channel/,
      replaced('C0APPROVE', 'C0NOWHERE'),
    ],
    [
      'a user group that does not exist',
      '✗ Slack group support: there is no such user group (no_such_subteam). Correct usergroup in lifeguard.yml.',
      replaced('S0SUPPORT', 'S0NOWHERE'),
    ],
    [
      'people who do not exist',
      '✗ Slack group support: Slack does not know U0NOBODY, W0NOBODY. Correct users in lifeguard.yml.',
      replaced('{ usergroup: S0SUPPORT }', '{ users: [U0NOBODY, U0ADA, W0NOBODY] }'),
    ],
    [
      'another workspace',
      '✗ Slack: SLACK_BOT_TOKEN belongs to the workspace T0LOCAL, and lifeguard.yml names T0OTHER. Correct one of the two.',
      replaced('T0LOCAL', 'T0OTHER'),
    ],
    [
      'profiles that cannot be read',
      '✗ Slack: a permission is missing (missing_scope). Install the app again from manifest.yml.',
      fails('users.info', 'missing_scope'),
    ],
    [
      'user groups that cannot be read',
      /^✗ Slack group \S+: a permission is missing \(missing_scope\)\. Install/,
      fails('usergroups.users.list', 'missing_scope'),
    ],
    [
      'a token that was revoked',
      '✗ Slack: Slack does not accept SLACK_BOT_TOKEN (token_revoked). Install the app again and copy the new token.',
      fails('auth.test', 'token_revoked'),
    ],
    [
      'a Slack that is down',
      '✗ Slack: Slack cannot be reached (http_503). Check the network and SLACK_API_URL.',
      ({ slack }) => slack.faults.inject('auth.test', { kind: 'status', status: 503 }),
    ],
    [
      'a Slack that is busy',
      '✗ Slack audit_channel C0AUDIT: Slack is asked too often just now (rate_limited). Run this again in a minute.',
      ({ slack }) =>
        slack.faults.inject('conversations.info', { kind: 'ratelimited', retryAfter: 9 }),
    ],
    [
      'a refusal that nobody foresaw',
      '✗ Slack: Slack refused (brand_new_error). Look the code up in Slack’s API reference.',
      fails('auth.test', 'brand_new_error'),
    ],
    [
      'a role without rights',
      '✗ AWS main, eu-west-1: the role may not list user pools (AccessDeniedException). Attach docs/iam-policy.json to it.',
      ({ cognito }) => cognito.fail({ operation: 'ListUserPools', kind: 'access-denied' }),
    ],
    [
      'an answer of AWS that nobody foresaw',
      /^✗ AWS main, eu-west-1: the pools could not be listed \(BrandNewRuleException\)\. Run this once more/,
      ({ cognito }) => cognito.fail({ operation: 'ListUserPools', kind: 'new-error-name' }),
    ],
    [
      'a role that cannot be assumed',
      '✗ AWS main, eu-west-1: the role arn:aws:iam::222222222222:role/nobody cannot be assumed (AccessDenied). Check that it trusts Lifeguard’s own role, and its external_id.',
      replaced(
        'regions: [eu-west-1]',
        'regions: [eu-west-1], role_arn: "arn:aws:iam::222222222222:role/nobody", external_id: hush-hush',
      ),
    ],
    [
      'a policy with a mistake',
      '✗ policy.cedar:1: There is no group "suport" in lifeguard.yml. Did you mean "support"?',
      ({ write }) =>
        write('policy.cedar', '@id("a") permit (principal in Group::"suport", action, resource);'),
    ],
    [
      'a folder that is a file',
      /^✗ LIFEGUARD_DATA: The folder data cannot be written \(.*\)\. Let the user that Lifeguard runs as write/,
      ({ write }) => write('data', ''),
    ],
    [
      'a store of a newer Lifeguard',
      /^✗ LIFEGUARD_DATA: The store was written by a newer Lifeguard/,
      async ({ folder }) => {
        const store = await openStore({ folder: join(folder, 'data'), now: Date.now })
        await store.close()
        const database = new DatabaseSync(join(folder, 'data/lifeguard.db'))
        database.exec('insert into migration (version, at) values (999, 0)')
        database.close()
      },
    ],
  ])('%s', async (_what, line, ail) => {
    await using here = await clinic()
    await ail(here)
    const { code, ailing, printed } = await here.examine()
    expect(ailing).toEqual([typeof line === 'string' ? line : expect.stringMatching(line)])
    expect(printed.filter((one) => one.startsWith('✓')).length).toBeGreaterThan(3)
    expect(code).toBe(1)
    const text = printed.join('\n')
    for (const secret of [...here.secrets, 'hush-hush']) expect(text).not.toContain(secret)
  })

  test.each<[string, readonly (string | RegExp)[], Readonly<Record<string, string | undefined>>]>([
    [
      'a wrong bot token',
      [/^✗ Slack: Slack does not accept SLACK_BOT_TOKEN \(invalid_auth\)\./],
      { SLACK_BOT_TOKEN: 'xoxb-very-wrong' },
    ],
    [
      'a wrong app token',
      [
        '✗ Slack Socket Mode: Slack does not accept SLACK_APP_TOKEN (invalid_auth). Generate one with connections:write (Basic Information, App-Level Tokens).',
      ],
      { SLACK_APP_TOKEN: 'xapp-very-wrong' },
    ],
    [
      'a Cognito where nobody answers',
      [
        '✗ AWS main, eu-west-1: nothing answered at http://127.0.0.1:1 (ECONNREFUSED). Check the network, the region and the AWS_ENDPOINT_URL variables.',
      ],
      { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: 'http://127.0.0.1:1' },
    ],
    [
      'credentials that AWS does not know',
      [
        '✗ AWS main, eu-west-1: AWS does not accept the credentials (UnrecognizedClientException). Renew them.',
      ],
      { AWS_ACCESS_KEY_ID: 'ASIAVERYWRONG0000000', AWS_SESSION_TOKEN: 'very-wrong' },
    ],
    [
      'no credentials',
      [/^✗ AWS main, eu-west-1: there are no AWS credentials \(CredentialsProviderError\)\. Give/],
      { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined },
    ],
    [
      'a database where nobody answers',
      [/^✗ DATABASE_URL: The database at 127\.0\.0\.1:1\/lifeguard cannot be used/],
      { DATABASE_URL: 'postgres://lifeguard:very-wrong@127.0.0.1:1/lifeguard' },
    ],
  ])('%s', async (_what, lines, env) => {
    await using here = await clinic()
    const { code, ailing, printed } = await here.examine(env)
    expect(ailing).toEqual(
      lines.map((line) => (typeof line === 'string' ? line : expect.stringMatching(line))),
    )
    expect(code).toBe(1)
    const text = printed.join('\n')
    for (const secret of [...here.secrets, 'very-wrong']) expect(text).not.toContain(secret)
  })

  test('a Slack where nobody answers', async () => {
    await using here = await clinic()
    const nowhere = `http://127.0.0.1:${await freePort()}/api/`
    const { code, ailing } = await here.examine({ SLACK_API_URL: nowhere })
    expect(ailing).toEqual([
      '✗ Slack: Slack cannot be reached (not_sent). Check the network and SLACK_API_URL.',
    ])
    expect(code).toBe(1)
  })

  test('faults of the environment leave Slack out, and nothing else', async () => {
    await using here = await clinic()
    const { code, printed } = await here.examine({
      SLACK_BOT_TOKEN: '',
      DATABASE_URL: 'mysql://lifeguard:very-wrong@127.0.0.1/x',
    })
    expect(printed.map((line) => line.split(':')[0])).toEqual([
      '✗ SLACK_BOT_TOKEN',
      '✗ DATABASE_URL',
      '✓ policy.cedar',
      '✓ AWS main, eu-west-1',
    ])
    expect(printed.join('\n')).not.toContain('very-wrong')
    expect(code).toBe(1)
  })

  test('faults of lifeguard.yml leave the store to look at', async () => {
    await using here = await clinic()
    await here.settings((text) => text.replace('audit_channel', 'audit_chanel'))
    const { code, printed } = await here.examine()
    expect(printed).toEqual([
      '✗ lifeguard.yml:2: slack.audit_channel is missing. Give the id of the channel for audit lines, such as C0123ABCD (in Slack: channel details, at the very bottom).',
      '✗ lifeguard.yml:2: "audit_chanel" is not a setting here. Did you mean "audit_channel"?',
      expect.stringMatching(/^✓ Store: SQLite/),
    ])
    expect(code).toBe(1)
  })

  test('each account and region has its line', async () => {
    await using here = await clinic()
    await here.settings((text) => text.replace('[eu-west-1]', '[eu-west-1, eu-north-1]'))
    here.cognito.fail({ operation: 'ListUserPools', kind: 'access-denied' })
    const { printed } = await here.examine()
    const aws = printed.filter((line) => line.includes('AWS main,'))
    expect(aws.map((line) => line.split(':')[0]?.slice(2))).toEqual([
      'AWS main, eu-west-1',
      'AWS main, eu-north-1',
    ])
    expect(new Set(aws.map((line) => line[0]))).toEqual(new Set(['✓', '✗']))
  })
})

const notes = (printed: readonly string[]) =>
  printed.filter((line) => line.startsWith('    Note: ') && !line.includes('stands in for'))

describe('what is well and perhaps not meant', () => {
  test('is noted without failing', async () => {
    await using here = await clinic()
    await here.settings((text) => text.replaceAll(/name: \S+ }/g, 'name: "nothing-*" }'))
    here.slack.setUsergroup('S0SUPPORT', [])
    await here.write(
      'policy.cedar',
      `@id("all") permit (principal, action, resource);
       @id("none-approve") forbid (principal, action == Action::"approve", resource);
       @id("prod") forbid (principal, action in [Action::"support"], resource)
         when { resource.env == Env::"prod" && context.approvals < 2 };`,
    )
    const { code, printed } = await here.examine()
    expect(notes(printed)).toEqual([
      expect.stringContaining('policy.cedar:1: This permits approving and break-glass too.'),
      '    Note: In prod something needs approvals, and no group may approve there. Permit Action::"approve" to one.',
      '    Note: No rule under pools in lifeguard.yml matches any of them, so none is managed.',
      '    Note: What the policy permits to this group, nobody may do.',
    ])
    expect(code).toBe(0)
  })

  test('pools that only tags can tell are not called unmanaged', async () => {
    await using here = await clinic()
    await here.settings((text) =>
      text.replaceAll(/match: { name: \S+ }/g, 'match: { tags: { env: "x" } }'),
    )
    expect(notes((await here.examine()).printed)).toEqual([])
  })
})

describe('the settings of a database server', () => {
  const good = { fsync: 'on', full_page_writes: 'on', copy: false }

  test.each([
    [good, undefined],
    [
      { ...good, fsync: 'off' },
      'fsync is off, so a crash of the server could lose entries. Ask whoever runs it to turn that on.',
    ],
    [
      { ...good, fsync: 'off', full_page_writes: 'off' },
      'fsync and full_page_writes are off, so a crash of the server could lose entries. Ask whoever runs it to turn that on.',
    ],
    [
      { ...good, copy: true },
      'this is a copy that can only be read. Name the database that takes writes.',
    ],
  ])('%j', (settings, danger) => {
    expect(dangerIn(settings)).toBe(danger)
  })
})

const storeLine = (printed: readonly string[]) => printed.find((line) => line.includes('Store:'))

const address = process.env['TEST_DATABASE_URL']

describe.skipIf(address === undefined)('a shared store', () => {
  test('is told with its engine and place, never with its password', async () => {
    await using here = await clinic()
    await using schema = await schemaBench(address ?? '')
    const first = await here.examine({ DATABASE_URL: schema.place })
    expect(storeLine(first.printed)).toMatch(
      /^✓ Store: PostgreSQL \d+\.\d+ at \S+, every commit is synced, tables of version \d+, just made\.$/,
    )
    const again = await here.examine({ DATABASE_URL: schema.place })
    expect(storeLine(again.printed)).toMatch(/tables of version \d+\.$/)
    expect([first.code, again.code]).toEqual([0, 0])
    const { password } = new URL(schema.place)
    if (password) expect(first.printed.join('\n')).not.toContain(password)
    expect(await readdir(here.folder)).not.toContain('data')
  })

  test('of a newer Lifeguard is left alone', async () => {
    await using here = await clinic()
    await using schema = await schemaBench(address ?? '')
    const store = await schema.open(Date.now)
    await store.close()
    await sendTo(schema.place, 'insert into migration (version, at) values (999, 0)')
    const { code, ailing } = await here.examine({ DATABASE_URL: schema.place })
    expect(ailing).toEqual([
      expect.stringMatching(/^✗ DATABASE_URL: The store was written by a newer Lifeguard/),
    ])
    expect(code).toBe(1)
  })
})
