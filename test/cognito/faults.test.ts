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

describe('settings that AWS refuses', () => {
  const about = (name: string, message: string, call = 'UpdateUserPool') =>
    faultOf(Object.assign(thrown(name), { message }), { call, sent: true, purpose: 'write' })
  const role = 'arn:aws:iam::111111111111:role/cognito-sms'
  const notPassed = `User: arn:aws:sts::111111111111:assumed-role/lifeguard/x is not authorized to perform: iam:PassRole on resource: ${role} because no identity-based policy allows the iam:PassRole action`

  it.each([
    [
      'a role that cannot be passed',
      'AccessDeniedException',
      notPassed,
      `Lifeguard may not pass the role ${role} to Cognito (iam:PassRole). Nothing was changed. Choose another role, or ask whoever runs Lifeguard to allow this one.`,
    ],
    [
      'the same by another name',
      'NotAuthorizedException',
      notPassed,
      `Lifeguard may not pass the role ${role} to Cognito (iam:PassRole). Nothing was changed. Choose another role, or ask whoever runs Lifeguard to allow this one.`,
    ],
    [
      'a role that AWS does not name',
      'InvalidParameterException',
      'The caller lacks iam:PassRole.',
      'Lifeguard may not pass this role to Cognito (iam:PassRole). Nothing was changed. Choose another role, or ask whoever runs Lifeguard to allow this one.',
    ],
    [
      'what Lifeguard may not do at all',
      'AccessDeniedException',
      'User is not authorized to perform: cognito-idp:UpdateUserPool',
      'Lifeguard’s AWS role does not allow this. Nothing was changed. Ask whoever runs Lifeguard.',
    ],
    [
      'a second factor without SMS',
      'InvalidParameterException',
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
      'Cognito turns a second factor on only where one is set up, and here it asks for SMS: “SMS configuration and Auto verification for phone_number are required when MFA is required/optional” Nothing was changed. Set up SMS delivery and the verification of phone numbers first, or turn the second factor on in the AWS console.',
    ],
    [
      'any value',
      'InvalidParameterException',
      'EmailMessage and EmailMessageByLink cannot both be given.',
      'AWS refused this: “EmailMessage and EmailMessageByLink cannot both be given.” Nothing was changed. Correct it, or ask whoever owns the pool.',
    ],
    [
      'a feature that the tier lacks',
      'FeatureUnavailableInTierException',
      'AdvancedSecurityMode is not available in the feature plan of this user pool.',
      'The tier of this pool does not include this: “AdvancedSecurityMode is not available in the feature plan of this user pool.” Nothing was changed. Change the tier first, or leave it out.',
    ],
    [
      'a tier that is still needed',
      'TierChangeNotAllowedException',
      'Threat protection is on.',
      'AWS does not allow this change of tier now: “Threat protection is on.” Nothing was changed. Turn off what the new tier lacks first.',
    ],
    [
      'a tag',
      'UserPoolTaggingException',
      'Invalid tag.',
      'AWS did not accept the tags: “Invalid tag.” Nothing was changed. Keys have 1 to 128 characters and do not begin with aws:.',
    ],
    [
      'anything without a word of AWS',
      'InvalidParameterException',
      '',
      'Cognito refused the request. Nothing was changed. Ask whoever runs Lifeguard.',
    ],
    [
      'a write beside another one',
      'ConcurrentModificationException',
      'Another request is changing this resource.',
      'Somebody else is changing this at the same moment. Nothing was changed. Try again in a moment.',
    ],
    [
      'a role of the pool that is not set up',
      'InvalidSmsRoleTrustRelationshipException',
      'x',
      'The pool’s own role for sending messages is not set up right. Nothing was changed. Ask whoever owns the pool.',
    ],
    [
      'a pool that is gone',
      'ResourceNotFoundException',
      'x',
      'This pool no longer exists. Nothing was changed. Choose another one.',
    ],
  ])('%s', (_what, name, message, sentence) => {
    expect(about(name, message)).toMatchObject({ kind: 'refused', code: name, message: sentence })
  })

  it('too many pools, by the account’s limit', () => {
    const fault = about('LimitExceededException', 'Too many pools.', 'CreateUserPool')
    expect(fault.message).toBe(
      'The account has reached a limit of AWS: “Too many pools.” Nothing was changed. Ask AWS for a higher limit, or do without.',
    )
  })

  it('quotes at most a few lines, and nothing invisible', () => {
    const { message } = about('InvalidParameterException', `\u202Ea\n${'x'.repeat(900)}`)
    expect(message).toMatch(/^AWS refused this: “a x{297}” Nothing was changed\./)
  })

  it('quotes no call that carries people’s data', () => {
    for (const name of [
      'InvalidParameterException',
      'NotAuthorizedException',
      'AccessDeniedException',
    ])
      expect(about(name, notPassed, 'AdminCreateUser').message).not.toContain('arn:')
  })

  it('says nothing of AWS before anything was sent', () => {
    const before = { call: 'UpdateUserPool', sent: false, purpose: 'write' } as const
    expect(
      faultOf(Object.assign(thrown('AccessDenied'), { message: notPassed }), before).message,
    ).toBe(
      'Lifeguard could not get AWS credentials for this account. Nothing was changed. Ask whoever runs Lifeguard.',
    )
  })

  it('looks at the pool after a lost answer', () => {
    expect(about('TimeoutError', 'x').message).toBe(
      'Cognito did not answer in time. It is not known whether anything was changed. Look at the pool, then run this again if needed.',
    )
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
