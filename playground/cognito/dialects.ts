import { createHmac } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

import { callerOf } from './callers.ts'
import type { Caller, Credential } from './callers.ts'
import { operationNamed } from './operations.ts'
import { originOf } from './origin.ts'
import { ServiceError } from './service-error.ts'
import type { State } from './state.ts'
import { assumeRole, callerIdentity, envelope, errorEnvelope } from './sts.ts'
import type { Role } from './sts.ts'
import { redact } from './redaction.ts'

export interface Desk {
  readonly state: State
  readonly roles: readonly Role[]
  readonly credentials: Map<string, Credential>
}

/** A request as it came over the socket. */
export interface Letter {
  readonly requestId: string
  /** The other end of the socket. */
  readonly ip: string
  readonly method: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** One of the two ways AWS services talk: JSON 1.1 (Cognito) and the query protocol (STS). */
export interface Dialect {
  readonly contentType: string
  operation(letter: Letter): string
  /** Undefined: this operation takes no signature. */
  caller(letter: Letter, desk: Desk): Caller | undefined
  /** The input as the log may keep it. */
  redacted(letter: Letter, desk: Desk): unknown
  /** Runs the operation; the answer's body. */
  run(letter: Letter, desk: Desk, caller: Caller | undefined): string
  refusal(error: ServiceError, letter: Letter): string
}

export const digestWith = (key: Buffer, secret: string): string =>
  `digest:${createHmac('sha256', key).update(secret).digest('hex').slice(0, 16)}`

const target = /^AWSCognitoIdentityProviderService\.([A-Za-z]+)$/u

const json: Dialect = {
  contentType: 'application/x-amz-json-1.1',
  operation({ method, headers }) {
    const [, name] = target.exec(String(headers['x-amz-target'])) ?? []
    const isJson = headers['content-type'] === 'application/x-amz-json-1.1'
    if (method === 'POST' && isJson && name !== undefined) return name
    throw new ServiceError('UnknownOperationException', 'This is not a Cognito user pools request.')
  },
  caller(letter, { credentials, state }) {
    const { headers } = letter
    if (operationNamed(json.operation(letter))?.unsigned && headers.authorization === undefined)
      return undefined
    return callerOf(headers, 'cognito-idp', credentials, state.now())
  },
  redacted(letter, { state }) {
    const operation = operationNamed(json.operation(letter))
    if (!operation) return undefined
    return redact(operation.shape, readJson(letter.body), (secret) => digestWith(state.key, secret))
  },
  run(letter, { state }, caller) {
    const name = json.operation(letter)
    const operation = operationNamed(name)
    if (!operation)
      throw new ServiceError(
        'UnknownOperationException',
        `The local Cognito does not have the operation ${name}.`,
      )
    const { account = '', region = '' } = caller ?? {}
    const origin = originOf(letter.ip, letter.headers['user-agent'])
    const answer = operation.run(readJson(letter.body), { state, account, region, origin })
    return answer === undefined ? '' : JSON.stringify(answer)
  },
  refusal: ({ type, message }) => JSON.stringify({ __type: type, message }),
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not JSON.')
  }
}

const query: Dialect = {
  contentType: 'text/xml',
  operation({ body }) {
    const action = new URLSearchParams(body).get('Action') ?? ''
    if (action === 'AssumeRole' || action === 'GetCallerIdentity') return action
    throw new ServiceError('InvalidAction', `The local STS does not have the action ${action}.`)
  },
  caller: (letter, { credentials, state }) =>
    callerOf(letter.headers, 'sts', credentials, state.now()),
  redacted({ body }, { state }) {
    const form = new URLSearchParams(body)
    const externalId = form.get('ExternalId')
    if (externalId !== null) form.set('ExternalId', digestWith(state.key, externalId))
    return Object.fromEntries(form)
  },
  run(letter, { roles, credentials, state }, caller) {
    if (!caller) throw new ServiceError('AccessDenied', 'Nobody signed this request.', 403)
    if (query.operation(letter) === 'GetCallerIdentity')
      return envelope('GetCallerIdentity', callerIdentity(caller), letter.requestId)
    const { credential, xml } = assumeRole(
      new URLSearchParams(letter.body),
      caller,
      roles,
      state.now(),
    )
    credentials.set(credential.accessKeyId, credential)
    return envelope('AssumeRole', xml, letter.requestId)
  },
  refusal: (error, { requestId }) => errorEnvelope(error, requestId),
}

export const dialectOf = (headers: IncomingHttpHeaders): Dialect =>
  headers['content-type']?.startsWith('application/x-www-form-urlencoded') ? query : json
