import { CloudFault, type FaultKind } from '../core/cloud-fault.ts'

/** What was going on when the SDK threw. */
export interface Circumstance {
  readonly call: string
  /** Whether the request was handed to a socket at all. */
  readonly sent: boolean
  readonly purpose: 'read' | 'write'
}

type Meaning = readonly [kind: FaultKind, sentence: string]

const TRY_AGAIN = 'Nothing was changed. Try again in a moment.'
const ASK_OPERATOR = 'Nothing was changed. Ask whoever runs Lifeguard.'
/** Closes every sentence of kind `unknown`, when a write was under way. */
const LOOK_FIRST =
  'It is not known whether anything was changed. Look at the user, then run this again if needed.'

const BUSY: Meaning = ['throttled', `Cognito is busy. ${TRY_AGAIN}`]
const NO_ANSWER: Meaning = ['unknown', 'Cognito did not answer in time.']
const BROKEN_ANSWER: Meaning = ['unknown', 'The answer could not be understood.']
const CREDENTIALS: Meaning = [
  'refused',
  `AWS did not accept Lifeguard’s credentials. ${ASK_OPERATOR}`,
]
const UNREACHABLE: Meaning = ['not-sent', `Cognito could not be reached. ${TRY_AGAIN}`]
const NO_CREDENTIALS: Meaning = [
  'not-sent',
  `Lifeguard could not get AWS credentials for this account. ${ASK_OPERATOR}`,
]
const ACCESS: Meaning = ['refused', `Lifeguard’s AWS role does not allow this. ${ASK_OPERATOR}`]
/** A trigger may fail after the change was made (cognito.md 6.3). */
const TRIGGER: Meaning = ['unknown', 'A Lambda trigger of the pool failed.']
const ROLE: Meaning = [
  'refused',
  'The pool’s own role for sending messages is not set up right. Nothing was changed. Ask whoever owns the pool.',
]

/** By the name the error arrives with (cognito.md 4.6, 6.3). */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  TooManyRequestsException: BUSY,
  ThrottlingException: BUSY,
  Throttling: BUSY,
  RequestLimitExceeded: BUSY,

  UserNotFoundException: ['refused', 'This user is no longer in the pool. Search again.'],
  ResourceNotFoundException: [
    'refused',
    'This pool no longer exists. Nothing was changed. Choose another one.',
  ],
  InvalidPasswordException: [
    'refused',
    'Cognito refused the password, so the pool’s password policy must have just changed. Nothing was changed. Try again.',
  ],
  PasswordHistoryPolicyViolationException: [
    'refused',
    'This user has had that password before. Nothing was changed. Try again for a new one.',
  ],
  InvalidParameterException: ['refused', `Cognito refused the request. ${ASK_OPERATOR}`],
  NotAuthorizedException: [
    'refused',
    'Cognito does not allow this in the user’s present state. Nothing was changed. Look at the user and choose another way.',
  ],
  UnsupportedUserStateException: [
    'refused',
    'Cognito does not allow this in the user’s present state. Nothing was changed. Look at the user and choose another way.',
  ],
  LimitExceededException: [
    'refused',
    'Cognito has done this too often for now. Nothing was changed. Wait a while, or choose another way.',
  ],
  OperationNotEnabledException: [
    'refused',
    'This pool is not set up for this, or is a replica in a secondary Region. Nothing was changed. Use the pool in its primary Region, or ask whoever owns it.',
  ],
  ConcurrentModificationException: [
    'refused',
    `Somebody else is changing this at the same moment. ${TRY_AGAIN}`,
  ],
  FeatureUnavailableInTierException: [
    'refused',
    'The tier of this pool does not include this. Nothing was changed. Change the tier first, or leave it out.',
  ],
  TierChangeNotAllowedException: [
    'refused',
    'AWS does not allow this change of tier now: a feature of the present tier is still on. Nothing was changed. Turn it off first.',
  ],
  UserPoolTaggingException: [
    'refused',
    'AWS did not accept the tags. Nothing was changed. Keys have 1 to 128 characters and do not begin with aws:.',
  ],
  UsernameExistsException: [
    'refused',
    'There is a user of this name already. Nothing was changed. Look the user up.',
  ],
  AliasExistsException: [
    'refused',
    'Another user of this pool has this e-mail address or phone number already. Nothing was changed. Look that user up first.',
  ],
  UserPoolAddOnNotEnabledException: [
    'refused',
    'This pool does not have the feature that this needs. Nothing was changed.',
  ],
  InvalidUserPoolConfigurationException: [
    'refused',
    'This pool is not set up for this. Nothing was changed. Ask whoever owns the pool.',
  ],
  UserNotConfirmedException: [
    'refused',
    'This user has not been confirmed yet. Nothing was changed. Confirm the user first.',
  ],
  PasswordResetRequiredException: [
    'refused',
    'This user has to choose a new password first. Nothing was changed.',
  ],
  PreconditionNotMetException: [
    'refused',
    'Cognito says that something this needs is missing. Nothing was changed. Look at the user and try again.',
  ],
  UserImportInProgressException: [
    'refused',
    'Users are being imported into this pool. Nothing was changed. Try again when the import has ended.',
  ],
  InvalidSmsRoleAccessPolicyException: ROLE,
  InvalidSmsRoleTrustRelationshipException: ROLE,
  InvalidEmailRoleAccessPolicyException: ROLE,

  UnexpectedLambdaException: TRIGGER,
  InvalidLambdaResponseException: TRIGGER,
  UserLambdaValidationException: TRIGGER,
  CodeDeliveryFailureException: ['unknown', 'Cognito could not deliver the message.'],
  InternalErrorException: ['unknown', 'Cognito had an error of its own.'],

  AccessDeniedException: ACCESS,
  AccessDenied: ACCESS,
  ExpiredTokenException: CREDENTIALS,
  ExpiredToken: CREDENTIALS,
  UnrecognizedClientException: CREDENTIALS,
  InvalidClientTokenId: CREDENTIALS,
  InvalidSignatureException: CREDENTIALS,
  MissingAuthenticationTokenException: CREDENTIALS,

  TimeoutError: NO_ANSWER,
  AbortError: NO_ANSWER,
  SyntaxError: BROKEN_ANSWER,
}

/** Cognito uses one name for several refusals; only its words tell them apart (cognito.md 3.1). */
const WORDS: readonly (readonly [name: string, words: RegExp, sentence: string])[] = [
  [
    'NotAuthorizedException',
    /cannot be reset in the current state/i,
    'Cognito sends no reset code in the user’s present state. Nothing was changed. Set a temporary password instead.',
  ],
  [
    'NotAuthorizedException',
    /user is disabled/i,
    'This user is disabled. Nothing was changed. Enable the user first.',
  ],
  [
    'InvalidParameterException',
    /no registered\/verified email or phone_number/i,
    'Cognito has no verified e-mail or phone number to send a code to. Nothing was changed. Set a temporary password instead.',
  ],
]

const NO_SUCH_SESSION: Meaning = [
  'refused',
  'This sign-in has ended already, or is not one of this user’s. Nothing was changed. Look at the list again.',
]

/** What calls on a part of a user mean by a name that otherwise is about the pool. */
const OF_CALLS: Readonly<Record<string, Meaning>> = {
  'AdminRevokeUserSession ResourceNotFoundException': NO_SUCH_SESSION,
  'AdminRevokeUserSession NotAuthorizedException': NO_SUCH_SESSION,
  'AdminDeleteSoftwareToken ResourceNotFoundException': [
    'refused',
    'This user has no authenticator app any more. Nothing was changed.',
  ],
}

/** Failures of these happen before a byte of the request leaves. */
const NOTHING_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
])

/** Calls that carry settings and no secret: what AWS says of them names the member that is wrong. */
const SETTINGS_CALLS = new Set(['UpdateUserPool', 'CreateUserPool', 'SetUserPoolMfaConfig'])
const MOST_QUOTED = 300

/** What these errors mean to a person who sent settings. AWS's own words say which member is wrong. */
const ABOUT_SETTINGS: Readonly<Record<string, (words: string) => string>> = {
  InvalidParameterException: (words) =>
    /phone_number are required when MFA/i.test(words)
      ? `Cognito turns a second factor on only where one is set up, and here it asks for SMS: ${words} Nothing was changed. Set up SMS delivery and the verification of phone numbers first, or turn the second factor on in the AWS console.`
      : `AWS refused this: ${words} Nothing was changed. Correct it, or ask whoever owns the pool.`,
  FeatureUnavailableInTierException: (words) =>
    `The tier of this pool does not include this: ${words} Nothing was changed. Change the tier first, or leave it out.`,
  TierChangeNotAllowedException: (words) =>
    `AWS does not allow this change of tier now: ${words} Nothing was changed. Turn off what the new tier lacks first.`,
  UserPoolTaggingException: (words) =>
    `AWS did not accept the tags: ${words} Nothing was changed. Keys have 1 to 128 characters and do not begin with aws:.`,
  NotAuthorizedException: (words) =>
    `AWS does not allow this: ${words} Nothing was changed. Ask whoever runs Lifeguard.`,
  LimitExceededException: (words) =>
    `The account has reached a limit of AWS: ${words} Nothing was changed. Ask AWS for a higher limit, or do without.`,
}

/** Lifeguard may not hand a role over to Cognito: AWS names which. */
const PASS_ROLE = /iam:PassRole(?: on resource: (arn:[\w+=/,.@:-]+))?/

function passRoleWords(message: string): string | undefined {
  const [found, role] = PASS_ROLE.exec(message) ?? []
  return found === undefined
    ? undefined
    : `Lifeguard may not pass ${role === undefined ? 'this role' : `the role ${role}`} to Cognito (iam:PassRole). Nothing was changed. Choose another role, or ask whoever runs Lifeguard to allow this one.`
}

/** Any error of a call, as a `CloudFault`. Nothing of the input is taken over, and foreign text only of settings. */
export function faultOf(error: unknown, { call, sent, purpose }: Circumstance): CloudFault {
  const seen = seenIn(error)
  const [meant, sentence] = meaningOf(seen, call, sent)
  // A read leaves nothing half done, whatever became of its answer.
  const kind = meant === 'unknown' && purpose === 'read' ? 'not-sent' : meant
  const next = purpose === 'read' ? TRY_AGAIN : lookFirst(call)
  const own = (sent ? aboutSettings(call, seen) : undefined) ?? sentence
  const message = meant === 'unknown' ? `${sentence} ${next}` : own
  return new CloudFault(message, { kind, code: seen.code, call, awsRequestId: seen.awsRequestId })
}

function lookFirst(call: string): string {
  return SETTINGS_CALLS.has(call) ? LOOK_FIRST.replace('the user', 'the pool') : LOOK_FIRST
}

function aboutSettings(call: string, { name, message }: Seen): string | undefined {
  if (!SETTINGS_CALLS.has(call)) return undefined
  const passing = ACCESS_NAMES.has(name) ? passRoleWords(message) : undefined
  if (passing !== undefined) return passing
  const says = Object.hasOwn(ABOUT_SETTINGS, name) ? ABOUT_SETTINGS[name] : undefined
  const words = message
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, ' ')
    .slice(0, MOST_QUOTED)
    .trim()
  return words === '' ? undefined : says?.(`“${words}”`)
}

/** AWS refuses a role that may not be passed by any of these names. */
const ACCESS_NAMES = new Set([
  'AccessDeniedException',
  'AccessDenied',
  'NotAuthorizedException',
  'InvalidParameterException',
])

interface Seen {
  readonly name: string
  readonly code: string
  readonly message: string
  readonly status: number | undefined
  readonly awsRequestId: string | undefined
  readonly connecting: boolean
}

function seenIn(error: unknown): Seen {
  const thrown: {
    name?: unknown
    code?: unknown
    message?: unknown
    syscall?: unknown
    $metadata?: { httpStatusCode?: number; requestId?: string }
  } = typeof error === 'object' && error !== null ? error : {}
  const name = wordOf(thrown.name) ?? 'Error'
  const code = wordOf(thrown.code)
  const message = typeof thrown.message === 'string' ? thrown.message : ''
  return {
    name,
    code: name === 'Error' || name === 'AggregateError' ? (code ?? name) : name,
    message,
    status: thrown.$metadata?.httpStatusCode,
    awsRequestId: thrown.$metadata?.requestId,
    connecting:
      thrown.syscall === 'connect' ||
      thrown.syscall === 'getaddrinfo' ||
      (code !== undefined && NOTHING_SENT.has(code)) ||
      // The one timeout of the SDK that certainly came before the request.
      (name === 'TimeoutError' && message.includes('did not establish a connection')),
  }
}

/** Error names are identifiers; whatever is not one stays out. */
function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^\w{1,80}$/.test(value) ? value : undefined
}

/** Names come from outside: one like `constructor` must not find what every object has. */
const meaningIn = (table: Readonly<Record<string, Meaning>>, name: string): Meaning | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

function meaningOf(
  { name, message, status, connecting }: Seen,
  call: string,
  sent: boolean,
): Meaning {
  if (connecting) return UNREACHABLE
  if (!sent) return name === 'TimeoutError' || name === 'AbortError' ? UNREACHABLE : NO_CREDENTIALS
  const worded = WORDS.find(([known, words]) => known === name && words.test(message))
  if (worded) return ['refused', worded[2]]
  const known = meaningIn(OF_CALLS, `${call} ${name}`) ?? meaningIn(MEANINGS, name)
  if (known) return known
  if (status === 429) return BUSY
  // Without a name (the SDK says `Unknown`) it need not be Cognito that answered.
  if (name !== 'Unknown' && status !== undefined && status >= 400 && status < 500)
    return ['refused', `Cognito refused this (${name}). ${ASK_OPERATOR}`]
  return ['unknown', 'Something went wrong between Lifeguard and Cognito.']
}
