import { describe, expect, it } from 'vitest'
import * as sdk from '@aws-sdk/client-cognito-identity-provider'
import { faultOf } from '../../src/cognito/faults.ts'
import type { FaultKind } from '../../src/core/cloud-fault.ts'

/** An error as the SDK throws it, with a canary where a service could echo input. */
const thrown = (name: string, more: object = {}) =>
  Object.assign(
    new Error('canary'),
    { name, $metadata: { httpStatusCode: 400, requestId: 'r-1' } },
    more,
  )

const write = { call: 'AdminSetUserPassword', sent: true, purpose: 'write' } as const

describe('a failed write', () => {
  it.each<[string, Error, FaultKind, string]>([
    ['refused by name', thrown('UserNotFoundException'), 'refused', 'UserNotFoundException'],
    ['refused by a new name', thrown('NewException'), 'refused', 'NewException'],
    ['throttled', thrown('ThrottlingException'), 'throttled', 'ThrottlingException'],
    [
      'throttled by status',
      thrown('Odd', { $metadata: { httpStatusCode: 429 } }),
      'throttled',
      'Odd',
    ],
    [
      'an error of Cognito’s own',
      thrown('Odd', { $metadata: { httpStatusCode: 503 } }),
      'unknown',
      'Odd',
    ],
    ['too many codes', thrown('LimitExceededException'), 'refused', 'LimitExceededException'],
    [
      'a trigger that failed',
      thrown('UnexpectedLambdaException'),
      'unknown',
      'UnexpectedLambdaException',
    ],
    ['expired credentials', thrown('ExpiredTokenException'), 'refused', 'ExpiredTokenException'],
    [
      'no Cognito',
      thrown('SyntaxError', { $metadata: { httpStatusCode: 200 } }),
      'unknown',
      'SyntaxError',
    ],
    [
      'a reset',
      thrown('TimeoutError', { code: 'ECONNRESET', $metadata: undefined }),
      'unknown',
      'TimeoutError',
    ],
    ['an abort', thrown('AbortError', { $metadata: undefined }), 'unknown', 'AbortError'],
    [
      'refused to connect',
      thrown('Error', { code: 'ECONNREFUSED', $metadata: undefined }),
      'not-sent',
      'ECONNREFUSED',
    ],
    [
      'no such host',
      thrown('Error', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }),
      'not-sent',
      'ENOTFOUND',
    ],
    [
      'a slow connect',
      thrown('TimeoutError', { code: 'ETIMEDOUT', syscall: 'connect' }),
      'not-sent',
      'TimeoutError',
    ],
    [
      'no connection in time',
      Object.assign(
        new Error(
          'the request socket did not establish a connection with the server within 2000 ms.',
        ),
        { name: 'TimeoutError' },
      ),
      'not-sent',
      'TimeoutError',
    ],
    ['anything else', new RangeError('canary'), 'unknown', 'RangeError'],
  ])('%s', (_case, error, kind, code) => {
    const fault = faultOf(error, write)
    expect(fault).toMatchObject({ kind, code, call: 'AdminSetUserPassword' })
    expect(fault.message).toMatch(/\.$/)
    expect(`${fault.stack} ${JSON.stringify(fault)}`).not.toContain('canary')
  })

  it.each([undefined, null, 'canary', 7, {}, { name: 'a b', message: 7 }])(
    'by something that is no error: %s',
    (error) => {
      expect(faultOf(error, write)).toMatchObject({ kind: 'unknown', code: 'Error' })
    },
  )

  it('before anything was sent changed nothing', () => {
    const before = { ...write, sent: false }
    expect(faultOf(thrown('CredentialsProviderError'), before)).toMatchObject({ kind: 'not-sent' })
    expect(faultOf(thrown('AccessDenied'), before).message).toContain('credentials')
    expect(faultOf(thrown('TimeoutError'), before).message).toContain('could not be reached')
  })

  it('names whom to ask when it is the bot’s own rights', () => {
    for (const name of ['AccessDeniedException', 'ExpiredToken', 'UnrecognizedClientException'])
      expect(faultOf(thrown(name), write).message).toContain('Ask whoever runs Lifeguard')
  })

  it('means what the call is about, where Cognito has one name for several things', () => {
    const gone = thrown('ResourceNotFoundException')
    const of = (call: string) => faultOf(gone, { ...write, call }).message
    expect(of('AdminRevokeUserSession')).toContain('This sign-in has ended already')
    expect(of('AdminDeleteSoftwareToken')).toContain('no authenticator app any more')
    expect(of('AdminDisableUser')).toContain('This pool no longer exists')
  })

  it('has a sentence of its own for each error these calls are documented to give', () => {
    const documented = [
      'InternalErrorException',
      'InvalidParameterException',
      'InvalidPasswordException',
      'NotAuthorizedException',
      'OperationNotEnabledException',
      'PasswordHistoryPolicyViolationException',
      'ResourceNotFoundException',
      'TooManyRequestsException',
      'UserNotFoundException',
      'LimitExceededException',
      'InvalidEmailRoleAccessPolicyException',
      'InvalidSmsRoleAccessPolicyException',
      'InvalidSmsRoleTrustRelationshipException',
      'InvalidLambdaResponseException',
      'UnexpectedLambdaException',
      'UserLambdaValidationException',
      'CodeDeliveryFailureException',
      'UnsupportedUserStateException',
      'ConcurrentModificationException',
    ]
    for (const name of documented) {
      expect(sdk).toHaveProperty(name)
      expect(faultOf(thrown(name), write).message).not.toContain(name)
    }
  })
})

describe('a failed read', () => {
  const read = { call: 'AdminGetUser', sent: true, purpose: 'read' } as const

  it('never leaves anything unknown', () => {
    for (const name of ['TimeoutError', 'SyntaxError', 'InternalErrorException', 'Odd']) {
      const fault = faultOf(thrown(name, { $metadata: { httpStatusCode: 500 } }), read)
      expect(fault.kind).toBe('not-sent')
      expect(fault.message).toContain('Nothing was changed. Try again in a moment.')
    }
    expect(faultOf(thrown('UserNotFoundException'), read).kind).toBe('refused')
  })
})
