import type { Workplace } from './workplace.ts'
import { DEV } from './workplace.ts'

/** What an app's sign-in gets from Cognito: no signature, only the client's id. */
async function initiateAuth(
  { cognito }: Workplace,
  AuthFlow: string,
  AuthParameters: Readonly<Record<string, string>>,
): Promise<{ AuthenticationResult?: { RefreshToken?: string } }> {
  const { clientId: ClientId } = cognito.pools.get(DEV.id)
  const answer = await fetch(cognito.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth',
    },
    body: JSON.stringify({ ClientId, AuthFlow, AuthParameters }),
  })
  return (await answer.json()) as { AuthenticationResult?: { RefreshToken?: string } }
}

/** Signs a user of the dev pool in; the session's refresh token. */
export async function signIn(place: Workplace, user: string, password: string): Promise<string> {
  const parameters = { USERNAME: user, PASSWORD: password }
  const { AuthenticationResult } = await initiateAuth(place, 'USER_PASSWORD_AUTH', parameters)
  const token = AuthenticationResult?.RefreshToken
  if (token === undefined) throw new Error(`${user} could not sign in.`)
  return token
}

/** Whether the session can still be continued. */
export async function lives(place: Workplace, token: string): Promise<boolean> {
  const parameters = { REFRESH_TOKEN: token }
  const { AuthenticationResult } = await initiateAuth(place, 'REFRESH_TOKEN_AUTH', parameters)
  return AuthenticationResult !== undefined
}
