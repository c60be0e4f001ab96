import { createServer, type RequestListener, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { FaultKind } from '../../playground/cognito/index.ts'
import { roleCredentials } from '../../src/cognito/credentials.ts'
import { createDirectory } from '../../src/cognito/directory.ts'
import { CloudFault } from '../../src/core/cloud-fault.ts'
import { Secret } from '../../src/core/secret.ts'
import { containing, CUSTOMERS, grace, keys, localDirectory, recorder } from './local.ts'

const PASSWORD = 'Canary-Pass-2345!'
const secret = new Secret(PASSWORD)

/** What a write throws; fails when it does not. */
async function faultOf(writing: Promise<void>): Promise<CloudFault> {
  const fault = await writing.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(fault instanceof CloudFault)) throw new Error('expected a CloudFault', { cause: fault })
  return fault
}

describe('setting a password', () => {
  it('takes one read and one write, and the person gets in with it', async () => {
    await using local = await localDirectory()
    const { directory, cognito, operations } = local
    const profile = await directory.pool(CUSTOMERS)
    cognito.clearRequests()
    const { witness, story, records } = recorder()

    const user = await directory.user(CUSTOMERS, 'ada')
    await directory.act(grace, witness).setPassword(user, secret, 'temporary')
    await directory.pool(CUSTOMERS)

    expect(operations()).toEqual(['AdminGetUser', 'AdminSetUserPassword'])
    expect(profile.passwordPolicy.MinimumLength).toBe(14)
    expect(story).toEqual(['before AdminSetUserPassword', 'after AdminSetUserPassword'])
    expect(records[0]?.awsRequestId).toBe(cognito.requests[1]?.requestId)
    expect(await cognito.signIn(CUSTOMERS, 'ada', PASSWORD)).toMatchObject({})
    expect(cognito.pools.user(CUSTOMERS, 'ada').status).toBe('FORCE_CHANGE_PASSWORD')
  })

  it.each([
    ['temporary', false],
    ['permanent', true],
  ] as const)('says %s in so many words', async (kind, Permanent) => {
    await using local = await localDirectory()
    const user = await local.directory.user(CUSTOMERS, 'ada')
    await local.directory.act(grace, recorder().witness).setPassword(user, secret, kind)
    expect(local.cognito.requests.at(-1)?.input).toMatchObject({ Username: 'ada', Permanent })
  })

  it('is not sent before the intent is durable', async () => {
    await using local = await localDirectory()
    const user = await local.directory.user(CUSTOMERS, 'ada')
    const durable = Promise.withResolvers<void>()
    const asked = Promise.withResolvers<void>()
    const witness = {
      before: () => {
        asked.resolve()
        return durable.promise
      },
      after: () => undefined,
    }
    const writing = local.directory.act(grace, witness).setPassword(user, secret, 'temporary')
    await asked.promise
    expect(local.operations()).toEqual(['AdminGetUser'])
    durable.resolve()
    await writing
    expect(local.operations()).toEqual(['AdminGetUser', 'AdminSetUserPassword'])
  })

  it('is not sent at all when the intent cannot be kept', async () => {
    await using local = await localDirectory()
    const user = await local.directory.user(CUSTOMERS, 'ada')
    const witness = {
      before: () => Promise.reject(new Error('disk full')),
      after: () => expect.fail('nothing was sent'),
    }
    const writing = local.directory.act(grace, witness).setPassword(user, secret, 'temporary')
    await expect(writing).rejects.toThrow('disk full')
    expect(local.operations()).toEqual(['AdminGetUser'])
  })
})

describe('the other writes', () => {
  it('send a code, and sign out everywhere', async () => {
    await using local = await localDirectory()
    const act = local.directory.act(grace, recorder().witness)
    const user = await local.directory.user(CUSTOMERS, 'ada')
    await act.sendResetCode(user)
    await act.signOut(user)
    expect(local.operations().slice(1)).toEqual([
      'AdminResetUserPassword',
      'AdminUserGlobalSignOut',
    ])
    expect(local.cognito.outbox).toHaveLength(1)
  })

  it('explain why Cognito sends no code to somebody who was invited, or is disabled', async () => {
    await using local = await localDirectory()
    const act = local.directory.act(grace, recorder().witness)
    for (const [name, words] of [
      ['katherine', 'Set a temporary password instead'],
      ['hedy', 'Enable the user first'],
      ['alan', 'no verified e-mail or phone number'],
    ] as const) {
      const fault = await faultOf(act.sendResetCode(await local.directory.user(CUSTOMERS, name)))
      expect(fault).toMatchObject({ kind: 'refused', message: containing(words) })
    }
  })
})

describe('a write that fails', () => {
  it.each<[FaultKind, CloudFault['kind'], string, number, RegExp]>([
    ['throttle', 'throttled', 'TooManyRequestsException', 4, /busy/],
    ['internal-error', 'unknown', 'InternalErrorException', 1, /not known/],
    ['internal-error-after-commit', 'unknown', 'InternalErrorException', 1, /not known/],
    ['access-denied', 'refused', 'AccessDeniedException', 1, /role does not allow/],
    ['concurrent-modification', 'refused', 'ConcurrentModificationException', 1, /same moment/],
    ['new-error-name', 'refused', 'BrandNewRuleException', 1, /BrandNewRuleException/],
    ['html', 'unknown', 'SyntaxError', 1, /not known/],
    ['hang', 'unknown', 'TimeoutError', 1, /did not answer in time/],
    ['hang-after-commit', 'unknown', 'TimeoutError', 1, /did not answer in time/],
    ['reset-before-commit', 'unknown', 'TimeoutError', 1, /not known/],
    ['reset-after-commit', 'unknown', 'TimeoutError', 1, /not known/],
  ])('by %s is %s', async (kind, expected, code, attempts, words) => {
    await using local = await localDirectory({ timing: { attempt: 300, write: 60_000 } })
    const { witness, story, records } = recorder()
    const user = await local.directory.user(CUSTOMERS, 'ada')
    local.cognito.fail({ operation: 'AdminSetUserPassword', kind, times: 10 })

    const act = local.directory.act(grace, witness)
    const fault = await faultOf(act.setPassword(user, secret, 'temporary'))

    expect(fault).toMatchObject({ kind: expected, code, call: 'AdminSetUserPassword' })
    expect(fault.message).toMatch(words)
    expect(local.operations().filter((name) => name === 'AdminSetUserPassword')).toHaveLength(
      attempts,
    )
    expect(story).toEqual(['before AdminSetUserPassword', `after AdminSetUserPassword ${code}`])
    const answered = local.cognito.requests.at(-1)?.status !== undefined
    if (answered) expect(records[0]?.awsRequestId).toBe(local.cognito.requests.at(-1)?.requestId)
  })

  it('by throttling is sent again, and may succeed under one intent', async () => {
    await using local = await localDirectory()
    const { witness, story, records } = recorder()
    const user = await local.directory.user(CUSTOMERS, 'ada')
    local.cognito.fail({ operation: 'AdminSetUserPassword', kind: 'throttle', times: 3 })
    await local.directory.act(grace, witness).setPassword(user, secret, 'temporary')
    expect(story).toEqual(['before AdminSetUserPassword', 'after AdminSetUserPassword'])
    expect(records[0]?.awsRequestId).toBe(local.cognito.requests.at(-1)?.requestId)
    const sent = local.cognito.requests.filter(({ operation }) => operation !== 'AdminGetUser')
    expect(sent.map(({ committed }) => committed)).toEqual([false, false, false, true])
  })

  it('stops at its deadline, and a deadline before anything was sent changed nothing', async () => {
    await using local = await localDirectory({
      accounts: [role],
      world: roleWorld,
      timing: { write: 400 },
    })
    const user = await local.directory.user('eu-west-1_OTHER0001', 'ada')
    local.cognito.fail({ operation: 'AssumeRole', kind: 'hang', times: 10 })
    const act = local.directory.act(grace, recorder().witness)
    const fault = await faultOf(act.setPassword(user, secret, 'temporary'))
    expect(fault.kind).toBe('not-sent')
    expect(local.operations()).not.toContain('AdminSetUserPassword')
  })

  it('leaves no trace of the password in any fault, record or request log', async () => {
    const kinds: FaultKind[] = ['throttle', 'html', 'internal-error', 'reset-after-commit', 'hang']
    await using local = await localDirectory({ timing: { attempt: 200, write: 2_000 } })
    const { witness, records } = recorder()
    const user = await local.directory.user(CUSTOMERS, 'ada')
    const told: unknown[] = []
    for (const kind of kinds) {
      local.cognito.fail({ operation: 'AdminSetUserPassword', kind })
      const act = local.directory.act(grace, witness)
      told.push(await act.setPassword(user, secret, 'temporary').catch((error: unknown) => error))
    }
    const { inspect } = await import('node:util')
    const everything = inspect([told, records, local.seen, local.cognito.requests], {
      depth: 20,
      showHidden: true,
    })
    expect(everything).not.toContain(PASSWORD)
    expect(everything).toContain('AdminSetUserPassword')
  })
})

const ROLE = 'arn:aws:iam::222222222222:role/lifeguard-operate'
const roleWorld = {
  pools: [
    {
      id: 'eu-west-1_OTHER0001',
      account: '222222222222',
      settings: { Name: 'other' },
      users: [
        { username: 'ada', attributes: { email: 'ada@example.com', email_verified: 'true' } },
      ],
    },
  ],
  roles: [{ arn: ROLE, externalId: 'lifeguard-example', needsSourceIdentity: true }],
}

const role = {
  name: 'other',
  regions: ['eu-west-1'],
  roleArn: ROLE,
  externalId: 'lifeguard-example',
  sourceIdentity: true,
}

describe('an account behind a role', () => {
  it('sees the requester’s name on writes and the bot’s on reads', async () => {
    await using local = await localDirectory({
      accounts: [role],
      world: roleWorld,
    })
    const { directory, cognito } = local
    const user = await directory.user('eu-west-1_OTHER0001', 'ada')
    for (const person of [grace, grace, { ...grace, id: 'U0ALAN' }])
      await directory.act(person, recorder().witness).signOut(user)
    const seen = cognito.requests.filter(({ operation }) => operation.startsWith('Admin'))
    expect(seen.map(({ account, sourceIdentity }) => [account, sourceIdentity])).toEqual([
      ['222222222222', 'lifeguard'],
      ['222222222222', 'slack.T0123.U0GRACE'],
      ['222222222222', 'slack.T0123.U0GRACE'],
      ['222222222222', 'slack.T0123.U0ALAN'],
    ])
    expect(local.operations().filter((name) => name === 'AssumeRole')).toHaveLength(2)
  })

  it('that does not let the bot in changes nothing, and says whom to ask', async () => {
    await using local = await localDirectory({
      accounts: [{ ...role, externalId: 'wrong-one' }],
      world: roleWorld,
    })
    expect(local.directory.targets()).toMatchObject([
      { state: 'degraded', why: containing('could not get AWS credentials') },
    ])
  })
})

describe('a session of a role', () => {
  it('is used until shortly before its end', async () => {
    await using local = await localDirectory({ accounts: [role], world: roleWorld })
    const now = () => local.clock.ms
    const session = roleCredentials({ now, endpoint: local.cognito.url, base: keys })(
      role,
      requester,
    )
    if (!session) throw new Error('there is a role')
    const first = await session()
    local.clock.ms += 8 * 60_000
    expect(await session()).toBe(first)
    local.clock.ms += 2 * 60_000
    expect((await session()).accessKeyId).not.toBe(first.accessKeyId)
  })

  it('is asked for again after a failure', async () => {
    await using local = await localDirectory({ accounts: [role], world: roleWorld })
    const session = roleCredentials({
      now: () => local.clock.ms,
      endpoint: local.cognito.url,
      base: keys,
    })(role, requester)
    local.cognito.fail({ operation: 'AssumeRole', kind: 'access-denied' })
    await expect(session?.()).rejects.toThrow('not authorized')
    expect((await session?.())?.accessKeyId).toMatch(/^ASIA/)
  })
})

const requester = { team: grace.team, user: grace.id }

/** A server that is no Cognito, and a directory that takes it for one once the pools are read. */
async function behind(listener: RequestListener, timing = {}) {
  await using local = await localDirectory()
  const user = await local.directory.user(CUSTOMERS, 'ada')
  let passing = true
  const server: Server = createServer((request, response) => {
    if (!passing) return listener(request, response)
    response.setHeader('content-type', 'application/x-amz-json-1.1')
    response.setHeader('connection', 'close')
    response.end(JSON.stringify({ UserPools: [{ Id: CUSTOMERS, Name: 'customers' }] }))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const directory = createDirectory({
    accounts: [{ name: 'main', regions: ['eu-west-1'] }],
    rules: [{ match: { name: '*' }, environment: 'prod' }],
    endpoint: `http://127.0.0.1:${port}`,
    credentials: keys,
    now: Date.now,
    random: () => 0,
    timing,
    onCall: () => undefined,
    onTarget: () => undefined,
  })
  await directory.refreshPools()
  passing = false
  const close = async () => {
    directory.close()
    server.closeAllConnections()
    if (server.listening) {
      server.close()
      await once(server, 'close')
    }
  }
  return { directory, user, server, close, [Symbol.asyncDispose]: close }
}

describe('an endpoint that misbehaves', () => {
  it('and is gone was certainly not reached', async () => {
    await using gone = await behind(() => undefined)
    gone.server.close()
    gone.server.closeAllConnections()
    await once(gone.server, 'close')
    const fault = await faultOf(
      gone.directory.act(grace, recorder().witness).setPassword(gone.user, secret, 'temporary'),
    )
    expect(fault).toMatchObject({ kind: 'not-sent', code: 'ECONNREFUSED' })
  })

  it('and drips its answer for ever leaves the outcome unknown', async () => {
    await using slow = await behind(
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' })
        response.write('{')
      },
      { write: 400 },
    )
    const fault = await faultOf(
      slow.directory.act(grace, recorder().witness).setPassword(slow.user, secret, 'temporary'),
    )
    expect(fault).toMatchObject({ kind: 'unknown', code: 'TimeoutError' })
  })

  it('and echoes the request in an error is not quoted', async () => {
    await using echo = await behind((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        response.statusCode = 400
        const body = Buffer.concat(chunks).toString()
        response.end(JSON.stringify({ __type: 'InvalidParameterException', message: body }))
      })
    })
    const fault = await faultOf(
      echo.directory.act(grace, recorder().witness).setPassword(echo.user, secret, 'temporary'),
    )
    expect(fault.kind).toBe('refused')
    expect(`${fault.message} ${fault.stack}`).not.toContain(PASSWORD)
  })

  it.each([429, 503, 504, 404])('and answers %i without a name for it', async (status) => {
    await using bare = await behind((_request, response) => {
      response.statusCode = status
      response.end()
    })
    const fault = await faultOf(
      bare.directory.act(grace, recorder().witness).setPassword(bare.user, secret, 'temporary'),
    )
    const kinds = { 429: 'throttled', 404: 'unknown', 503: 'unknown', 504: 'unknown' } as const
    expect(fault.kind).toBe(kinds[status as keyof typeof kinds])
  })
})
