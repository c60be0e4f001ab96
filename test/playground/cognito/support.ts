import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import type { CognitoIdentityProviderClientConfig } from '@aws-sdk/client-cognito-identity-provider'
import { onTestFinished } from 'vitest'

import { startCognito } from '../../../playground/cognito/index.ts'
import type { LocalCognito, PoolSpec, UserSpec } from '../../../playground/cognito/index.ts'

export const poolId = 'eu-west-1_TEST00001'
export const goodPassword = 'Correct-horse-1'

export interface Lab {
  readonly cognito: LocalCognito
  readonly client: CognitoIdentityProviderClient
}

/** A local Cognito with one pool (or these), and the real SDK client on it; closed after the test. */
export async function lab(
  pools: readonly PoolSpec[] = [{ id: poolId, settings: { Name: 'test' } }],
  options: Parameters<typeof startCognito>[0] = {},
): Promise<Lab> {
  const cognito = await startCognito({ world: { pools }, ...options })
  onTestFinished(() => cognito.close())
  return { cognito, client: clientOf(cognito) }
}

/** A pool of this test with these users. */
export const poolWith = (
  users: readonly UserSpec[],
  settings: Partial<PoolSpec['settings']> = {},
): PoolSpec => ({ id: poolId, settings: { Name: 'test', ...settings }, users })

export function clientOf(
  cognito: LocalCognito,
  config: CognitoIdentityProviderClientConfig = {},
): CognitoIdentityProviderClient {
  const client = new CognitoIdentityProviderClient({
    endpoint: cognito.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAPLAYGROUND', secretAccessKey: 'playground' },
    maxAttempts: 1,
    ...config,
  })
  onTestFinished(() => client.destroy())
  return client
}

/** The refusal as `Name: message`. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  }
  throw new Error('this should have been refused')
}
