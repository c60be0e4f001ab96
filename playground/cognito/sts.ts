import { randomBytes, randomInt } from 'node:crypto'

import type { Caller, Credential } from './callers.ts'
import { ServiceError } from './service-error.ts'
import { list, optional, structure, text, integer } from './shapes.ts'
import { parse } from './validation.ts'

export interface Role {
  readonly arn: string
  readonly externalId?: string
  /** The trust policy demands `sts:SourceIdentity`. */
  readonly needsSourceIdentity?: boolean
}

const name = { min: 2, max: 64, pattern: String.raw`[\w+=,.@-]*` }
const assumeRoleShape = structure({
  RoleArn: text({ min: 20, max: 2048, pattern: String.raw`arn:aws:iam::\d{12}:role/[\w+=/,.@-]+` }),
  RoleSessionName: text(name),
  SourceIdentity: optional(text(name)),
  ExternalId: optional(
    text({ min: 2, max: 1224, pattern: String.raw`[\w+=,.@:\/-]*`, secret: true }),
  ),
  DurationSeconds: optional(integer(900, 43_200)),
  Tags: optional(
    list(structure({ Key: text({ min: 1, max: 128 }), Value: text({ max: 256 }) }), { max: 50 }),
  ),
})

export function assumeRole(
  form: URLSearchParams,
  caller: Caller,
  roles: readonly Role[],
  now: number,
): { readonly credential: Credential; readonly xml: string } {
  const input = parse(assumeRoleShape, readForm(form))
  const role = roles.find(({ arn }) => arn === input.RoleArn)
  const refused =
    !role ||
    (role.externalId !== undefined && role.externalId !== input.ExternalId) ||
    (role.needsSourceIdentity && input.SourceIdentity === undefined)
  if (refused)
    throw new ServiceError(
      'AccessDenied',
      `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`,
      403,
    )
  const expiresAt = now + (input.DurationSeconds ?? 3600) * 1000
  const credential: Credential = {
    accessKeyId: `ASIA${Array.from({ length: 16 }, letter).join('')}`,
    account: role.arn.split(':')[4] ?? '',
    arn: `${role.arn.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${input.RoleSessionName}`,
    sessionToken: randomBytes(96).toString('base64'),
    sourceIdentity: input.SourceIdentity,
    tags: Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    expiresAt,
  }
  return { credential, xml: assumed(credential, input.RoleSessionName) }
}

const letter = (): string => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.charAt(randomInt(32))

function readForm(form: URLSearchParams): Record<string, unknown> {
  const input: Record<string, unknown> = {}
  const tags: Record<string, string>[] = []
  for (const [key, value] of form) {
    const [, index, part] = /^Tags\.member\.(\d+)\.(Key|Value)$/u.exec(key) ?? []
    if (index && part) tags[Number(index) - 1] = { ...tags[Number(index) - 1], [part]: value }
    else if (key !== 'Action' && key !== 'Version') input[key] = value
  }
  if (tags.length > 0) input['Tags'] = tags
  if (form.has('DurationSeconds')) input['DurationSeconds'] = Number(form.get('DurationSeconds'))
  return input
}

function assumed(credential: Credential, session: string): string {
  const { accessKeyId, sessionToken, arn, expiresAt, sourceIdentity } = credential
  const secret = randomBytes(30).toString('base64')
  return [
    `<AssumedRoleUser>${tag('AssumedRoleId', `AROA:${session}`)}${tag('Arn', arn)}</AssumedRoleUser>`,
    `<Credentials>${tag('AccessKeyId', accessKeyId)}${tag('SecretAccessKey', secret)}`,
    `${tag('SessionToken', sessionToken)}${tag('Expiration', new Date(expiresAt).toISOString())}`,
    '</Credentials>',
    sourceIdentity === undefined ? '' : tag('SourceIdentity', sourceIdentity),
  ].join('')
}

export const callerIdentity = ({ account, arn, accessKeyId }: Caller): string =>
  tag('Arn', arn) + tag('UserId', accessKeyId) + tag('Account', account)

export function envelope(action: string, inner: string, requestId: string): string {
  const xmlns = 'https://sts.amazonaws.com/doc/2011-06-15/'
  const metadata = `<ResponseMetadata>${tag('RequestId', requestId)}</ResponseMetadata>`
  return `<${action}Response xmlns="${xmlns}"><${action}Result>${inner}</${action}Result>${metadata}</${action}Response>`
}

/** Query services call the same refusals by other names. */
const queryNames = new Map([
  ['InvalidParameterException', 'ValidationError'],
  ['SerializationException', 'ValidationError'],
  ['MissingAuthenticationTokenException', 'MissingAuthenticationToken'],
  ['IncompleteSignatureException', 'IncompleteSignature'],
  ['InvalidSignatureException', 'SignatureDoesNotMatch'],
  ['UnrecognizedClientException', 'InvalidClientTokenId'],
  ['ExpiredTokenException', 'ExpiredToken'],
  ['TooManyRequestsException', 'Throttling'],
  ['AccessDeniedException', 'AccessDenied'],
  ['InternalErrorException', 'InternalFailure'],
])

export function errorEnvelope(error: ServiceError, requestId: string): string {
  const code = tag('Code', queryNames.get(error.type) ?? error.type)
  const inner = `<Error><Type>Sender</Type>${code}${tag('Message', error.message)}</Error>`
  return `<ErrorResponse>${inner}${tag('RequestId', requestId)}</ErrorResponse>`
}

function tag(name: string, text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
  return `<${name}>${escaped}</${name}>`
}
