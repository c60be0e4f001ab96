import { z } from 'zod'
import { poolId, poolName } from '../pools.ts'
import { world } from '../world.ts'

const SECONDS = 1_700_000_000
const PAGE = 60

const attributes = [
  { Name: 'sub', Value: '7d3f2c1e-0000-4000-8000-000000000001' },
  { Name: 'email', Value: world.user.email },
  { Name: 'email_verified', Value: 'true' },
  { Name: 'name', Value: 'Grace Hopper' },
]

const user = {
  Username: world.user.username,
  Enabled: true,
  UserStatus: 'CONFIRMED',
  UserCreateDate: SECONDS,
  UserLastModifiedDate: SECONDS,
}

const described = {
  Id: world.pool.id,
  Name: world.pool.name,
  Policies: {
    PasswordPolicy: {
      MinimumLength: 12,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: true,
      RequireSymbols: true,
      TemporaryPasswordValidityDays: 3,
    },
  },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: 'verified_email' }] },
  AutoVerifiedAttributes: ['email'],
  EstimatedNumberOfUsers: 1000,
  MfaConfiguration: 'OFF',
  CreationDate: SECONDS,
  LastModifiedDate: SECONDS,
}

/** What Cognito would answer: one user in every pool, and as many pools as asked for. */
export function cognitoAnswer(operation: string, text: string, pools: number): object {
  switch (operation) {
    case 'AdminGetUser':
      return { ...user, UserAttributes: attributes }
    case 'ListUsers':
      return { Users: [{ ...user, Attributes: attributes }] }
    case 'DescribeUserPool':
      return { UserPool: described }
    case 'ListUserPools':
      return poolPage(text, pools)
    case 'AdminListGroupsForUser':
      return { Groups: [] }
    case 'AdminSetUserPassword':
      return {}
    default:
      throw new Error(`No answer is prepared for ${operation}.`)
  }
}

const paging = z.object({ NextToken: z.coerce.number().default(0) })

function poolPage(text: string, pools: number): object {
  const from = paging.parse(JSON.parse(text)).NextToken
  const to = Math.min(from + PAGE, pools)
  const UserPools = Array.from({ length: to - from }, (_, place) => pool(from + place))
  return { UserPools, ...(to < pools ? { NextToken: String(to) } : {}) }
}

function pool(place: number): object {
  const dates = { CreationDate: SECONDS, LastModifiedDate: SECONDS }
  return { Id: poolId(place), Name: poolName(place), ...dates }
}
