import { Writable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { CloudFault } from '../../src/core/cloud-fault.ts'
import { Refusal } from '../../src/core/refusal.ts'
import { Secret } from '../../src/core/secret.ts'
import { createLog } from '../../src/telemetry/log.ts'

function logging(level = 'trace') {
  const lines: Record<string, unknown>[] = []
  const to = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>)
      done()
    },
  })
  return { log: createLog({ level, to }), lines }
}

describe('the log', () => {
  it('writes one line of JSON with its level and time', () => {
    const { log, lines } = logging()
    log.warn({ pool: 'p' }, 'A sentence.')
    expect(lines).toEqual([
      { level: 'warn', time: lines[0]?.['time'], pool: 'p', msg: 'A sentence.' },
    ])
    expect(lines[0]?.['time']).toMatch(/^\d{4}-.*Z$/)
  })

  it('keeps to its level', () => {
    const { log, lines } = logging('error')
    log.warn({}, 'no')
    log.error({}, 'yes')
    expect(lines.map(({ msg }) => msg)).toEqual(['yes'])
  })

  it('says of an error its name, message, stack and code, and nothing that hangs on it', () => {
    const { log, lines } = logging()
    const error = Object.assign(new Error('broken'), {
      code: 'E1',
      body: { password: 'tiger' },
      data: 'tiger',
      request: 'tiger',
      cause: new Error('tiger'),
    })
    log.error({ err: error }, 'x')
    log.error(error)
    expect(JSON.stringify(lines)).not.toContain('tiger')
    expect(lines[0]?.['err']).toEqual({
      name: 'Error',
      message: 'broken',
      code: 'E1',
      stack: error.stack,
    })
  })

  it('is short about what is expected', () => {
    const { log, lines } = logging()
    const about = { kind: 'throttled', code: 'TooManyRequestsException', call: 'AdminGetUser' }
    log.info({ err: new CloudFault('Too many.', { ...about, kind: 'throttled' }) }, 'x')
    log.info({ err: new Refusal('No.', { field: 'user' }) }, 'x')
    expect(lines.map(({ err }) => err)).toEqual([
      { name: 'CloudFault', message: 'Too many.', ...about },
      { name: 'Refusal', message: 'No.', field: 'user' },
    ])
  })

  it('hides secrets wherever they are, and members with telling names', () => {
    const { log, lines } = logging()
    const secret = new Secret('tiger')
    log.info(
      {
        given: secret,
        deep: { deeper: { given: secret } },
        list: [secret],
        password: 'tiger',
        headers: { authorization: 'tiger', 'x-other': 'kept' },
      },
      String(secret),
    )
    log.error({ err: new Error(`it was ${String(secret)}`) }, 'x')
    expect(JSON.stringify(lines)).not.toContain('tiger')
    expect(JSON.stringify(lines)).toContain('kept')
  })

  it('does not mind what is thrown', () => {
    const { log, lines } = logging()
    log.error({ err: 'tiger' }, 'x')
    log.error({ err: null }, 'x')
    expect(lines.map(({ err }) => err)).toEqual([{ name: 'string' }, { name: 'object' }])
  })
})
