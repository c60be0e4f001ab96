import type { IncomingHttpHeaders } from 'node:http'

import { ServiceError } from './service-error.ts'

/** What the local STS has handed out, under its access key id. */
export interface Credential {
  readonly accessKeyId: string
  readonly account: string
  /** The assumed role's session ARN. */
  readonly arn: string
  readonly sessionToken: string
  readonly sourceIdentity: string | undefined
  readonly tags: Readonly<Record<string, string>>
  readonly expiresAt: number
}

export interface Caller {
  readonly accessKeyId: string
  readonly account: string
  readonly region: string
  readonly arn: string
  readonly sourceIdentity?: string
}

export const baseAccount = '111111111111'

const scope =
  /^AWS4-HMAC-SHA256 Credential=([A-Z0-9]{8,128})\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request, ?SignedHeaders=[a-z0-9;-]+, ?Signature=[0-9a-f]{64}$/u

/** Reads who signed; the signature itself is not recomputed. Static keys belong to one account. */
export function callerOf(
  headers: IncomingHttpHeaders,
  service: string,
  credentials: ReadonlyMap<string, Credential>,
  now: number,
): Caller {
  const { authorization } = headers
  if (authorization === undefined)
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token')
  const [, accessKeyId = '', region = '', signedFor = ''] = scope.exec(authorization) ?? []
  if (accessKeyId === '')
    throw new ServiceError(
      'IncompleteSignatureException',
      'Authorization header requires Credential, SignedHeaders and Signature.',
    )
  if (signedFor !== service)
    throw new ServiceError(
      'InvalidSignatureException',
      `Credential should be scoped to correct service: '${service}'.`,
    )
  if (accessKeyId.startsWith('AKIA'))
    return {
      accessKeyId,
      region,
      account: baseAccount,
      arn: `arn:aws:iam::${baseAccount}:user/base`,
    }
  return { ...sessionCaller(credentials.get(accessKeyId), headers, now), region }
}

function sessionCaller(
  credential: Credential | undefined,
  headers: IncomingHttpHeaders,
  now: number,
): Omit<Caller, 'region'> {
  if (!credential || credential.sessionToken !== headers['x-amz-security-token'])
    throw new ServiceError(
      'UnrecognizedClientException',
      'The security token included in the request is invalid.',
    )
  if (credential.expiresAt <= now)
    throw new ServiceError(
      'ExpiredTokenException',
      'The security token included in the request is expired',
    )
  const { accessKeyId, account, arn, sourceIdentity } = credential
  return { accessKeyId, account, arn, ...(sourceIdentity !== undefined && { sourceIdentity }) }
}
