import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  ListUsersCommand,
  paginateListUsers,
} from '@aws-sdk/client-cognito-identity-provider'
import type { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { parseFilter } from '../../../playground/cognito/filter.ts'
import { crowdedPool, pagedPool } from '../../../playground/cognito/fixtures.ts'
import { customers } from '../../../playground/cognito/seed.ts'
import { defaultSwitches } from '../../../playground/cognito/switches.ts'
import { goodPassword, lab, poolId, poolWith, refusalOf } from './support.ts'

type Asked = ConstructorParameters<typeof ListUsersCommand>[0]

async function names(client: CognitoIdentityProviderClient, input: Asked): Promise<string[]> {
  const found: string[] = []
  for await (const page of paginateListUsers({ client, stopOnSameToken: true }, input))
    found.push(...(page.Users?.map((user) => user.Username ?? '') ?? []))
  return found
}

const UserPoolId = customers.id

test.for<[filter: string, found: readonly string[]]>([
  ['email = "ada@example.com"', ['ada']],
  ['email ^= "mary."', ['mary', 'mary2']],
  ['email^="mary."', ['mary', 'mary2']],
  ['name = "Mary Smith"', ['mary', 'mary2']],
  ['email = "ADA@example.com"', []],
  ['username = "Ada"', []],
  ['username ^= "google_"', ['google_104857600000000000001']],
  ['phone_number = "+12025550100"', ['alonzo']],
  ['cognito:user_status = "reset_required"', ['frances']],
  ['cognito:user_status ^= "FORCE"', ['katherine', 'edsger']],
  ['status = "Disabled"', ['hedy']],
  ['status = "disabled"', []],
  [String.raw`username = "O\"Brien\\"`, ['O"Brien\\']],
])('%s finds %o', async ([Filter, found]) => {
  const { client } = await lab([customers])
  expect(await names(client, { UserPoolId, Filter })).toEqual(found)
})

test('an empty filter finds everybody', async () => {
  const { client } = await lab([customers])
  expect(await names(client, { UserPoolId, Filter: '' })).toHaveLength(customers.users?.length ?? 0)
})

test('sub finds one', async () => {
  const { cognito, client } = await lab([customers])
  const { sub } = cognito.pools.user(UserPoolId ?? '', 'grace')
  expect(await names(client, { UserPoolId, Filter: `sub = "${sub}"` })).toEqual(['grace'])
})

test('whether e-mail addresses mind capitals is a switch', async () => {
  const { client } = await lab([customers], { switches: { emailFilterCase: 'insensitive' } })
  expect(await names(client, { UserPoolId, Filter: 'email = "ADA@example.com"' })).toEqual(['ada'])
})

test.for([
  'email = ada@example.com',
  'email = "ada@example.com" or status = "Enabled"',
  'email = "ada" or email ^= ""',
  'email = "a"b"',
  String.raw`email = "a\b"`,
  String.raw`email = "a\"`,
  'email ~ "ada"',
  'custom:plan = "gold"',
  'Email = "ada@example.com"',
  ' email = "ada@example.com"',
  'email = "ada@example.com" ',
])('the filter %s is refused', async (Filter) => {
  const { client } = await lab([customers])
  const list = client.send(new ListUsersCommand({ UserPoolId, Filter }))
  expect(await refusalOf(list)).toContain('InvalidParameterException')
})

test('an escaped value finds that value and nothing else, whatever it holds', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (value, other) => {
      const escaped = value.replaceAll(/["\\]/gu, String.raw`\$&`)
      const search = parseFilter(`name = "${escaped}"`, defaultSwitches)
      expect(search?.accepts(value)).toBe(true)
      expect(search?.accepts(other)).toBe(other === value)
    }),
  )
})

test.for([false, true])(
  'a chain of pages has everybody once (empty pages: %s)',
  async (emptyPages) => {
    const { client } = await lab([pagedPool], { switches: { emptyPages } })
    const found = await names(client, { UserPoolId: pagedPool.id, Limit: 25 })
    expect(found).toEqual(pagedPool.users?.map(({ username }) => username))
    const first = await client.send(new ListUsersCommand({ UserPoolId: pagedPool.id }))
    expect(first.Users).toHaveLength(emptyPages ? 0 : 60)
    expect(first.PaginationToken).toBeTypeOf('string')
  },
)

test('a filtered chain has everybody wanted once', async () => {
  const { client } = await lab([pagedPool])
  const found = await names(client, {
    UserPoolId: pagedPool.id,
    Filter: 'given_name = "Ada"',
    Limit: 10,
  })
  expect(new Set(found).size).toBe(68)
  expect(found).toHaveLength(68)
})

test('users who come and go during a chain are never listed twice', async () => {
  const { client } = await lab([pagedPool])
  const asked = { UserPoolId: pagedPool.id, Limit: 50 }
  const first = await client.send(new ListUsersCommand(asked))
  await client.send(new AdminDeleteUserCommand({ UserPoolId: pagedPool.id, Username: 'user-003' }))
  await client.send(new AdminCreateUserCommand({ UserPoolId: pagedPool.id, Username: 'new' }))
  const rest: string[] = []
  let token = first.PaginationToken
  while (token !== undefined) {
    const page = await client.send(new ListUsersCommand({ ...asked, PaginationToken: token }))
    rest.push(...(page.Users?.map((user) => user.Username ?? '') ?? []))
    token = page.PaginationToken
  }
  expect(rest).toHaveLength(88)
  expect(new Set([...rest, ...(first.Users?.map((user) => user.Username) ?? [])]).size).toBe(138)
})

test('a token fits only the request it came from, unedited', async () => {
  const { client } = await lab([pagedPool, customers])
  const asked = { UserPoolId: pagedPool.id, Limit: 10 }
  const { PaginationToken: token = '' } = await client.send(new ListUsersCommand(asked))
  const flipped = token.replace(/.$/u, (last) => (last === 'A' ? 'B' : 'A'))
  const foreign: Asked[] = [
    { ...asked, Limit: 11, PaginationToken: token },
    { ...asked, Filter: 'status = "Enabled"', PaginationToken: token },
    { UserPoolId: customers.id, Limit: 10, PaginationToken: token },
    { ...asked, PaginationToken: flipped },
    { ...asked, PaginationToken: `${token}=` },
    { ...asked, PaginationToken: 'AAAA' },
  ]
  for (const input of foreign)
    expect(await refusalOf(client.send(new ListUsersCommand(input)))).toBe(
      'InvalidParameterException: Invalid pagination token given.',
    )
  await client.send(new ListUsersCommand({ ...asked, PaginationToken: token }))
})

test('AttributesToGet narrows, and fails as soon as one user lacks the attribute', async () => {
  const { client } = await lab([customers])
  const asked = { UserPoolId, Filter: 'username = "ada"' }
  const { Users } = await client.send(
    new ListUsersCommand({ ...asked, AttributesToGet: ['email'] }),
  )
  expect(Users?.[0]?.Attributes).toEqual([{ Name: 'email', Value: 'ada@example.com' }])
  const lacking = client.send(new ListUsersCommand({ UserPoolId, AttributesToGet: ['email'] }))
  expect(await refusalOf(lacking)).toContain('InvalidParameterException')
})

test('a lagging list shows the past while AdminGetUser shows the present', async () => {
  const users = [{ username: 'ada' }, { username: 'grace' }]
  const { cognito, client } = await lab([poolWith(users)], { switches: { listLagMs: 5000 } })
  await client.send(new AdminDisableUserCommand({ UserPoolId: poolId, Username: 'ada' }))
  await client.send(new AdminDeleteUserCommand({ UserPoolId: poolId, Username: 'grace' }))
  await client.send(new AdminCreateUserCommand({ UserPoolId: poolId, Username: 'alan' }))
  const list = async () => {
    const { Users } = await client.send(new ListUsersCommand({ UserPoolId: poolId }))
    return Users?.map((user) => `${user.Username} ${user.Enabled}`)
  }
  expect(await list()).toEqual(['ada true', 'grace true'])
  const ada = await client.send(new AdminGetUserCommand({ UserPoolId: poolId, Username: 'ada' }))
  expect(ada.Enabled).toBe(false)
  cognito.advance(5001)
  expect(await list()).toEqual(['ada false', 'alan true'])
})

test('a million users are searched by bisection and keep their place when touched', async () => {
  const pool = crowdedPool(1_000_000)
  const { client } = await lab([pool])
  const find = (Filter: string) => names(client, { UserPoolId: pool.id, Filter })
  expect(await find('email ^= "member-012345"')).toHaveLength(10)
  expect(await find('email = "member-0999999@example.com"')).toEqual(['member-0999999'])
  expect(await find('email ^= "nobody"')).toEqual([])
  expect(await find('family_name = "Nobody"')).toEqual([])
  await client.send(
    new AdminSetUserPasswordCommand({
      UserPoolId: pool.id,
      Username: 'member-0123455',
      Password: goodPassword,
    }),
  )
  await client.send(new AdminDeleteUserCommand({ UserPoolId: pool.id, Username: 'member-0123457' }))
  const touched = await find('username ^= "member-012345"')
  expect(touched).toHaveLength(9)
  expect(touched).toEqual(touched.toSorted())
  expect(await find('cognito:user_status = "FORCE_CHANGE_PASSWORD"')).toEqual(['member-0123455'])
  const gone = new AdminGetUserCommand({ UserPoolId: pool.id, Username: 'member-0123457' })
  expect(await refusalOf(client.send(gone))).toContain('UserNotFoundException')
})
