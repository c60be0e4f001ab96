import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { dispatch } from '../../src/cli/dispatch.ts'
import { policyCheck } from '../../src/cli/policy-check.ts'
import { policyMatrix } from '../../src/cli/policy-matrix.ts'
import { policyTest } from '../../src/cli/policy-test.ts'
import { operations as registry } from '../../src/operations/index.ts'
import { operations, POLICY } from '../policy/words.ts'

const ROOT = join(import.meta.dirname, '../..')
const SETTINGS = `slack: { team: T0123, audit_channel: C0AUDIT }
groups:
  support: { usergroup: S0SUPPORT }
  platform: { usergroup: S0PLATFORM }
  cognito-admins: { users: [U0ADA] }
  contractors: { usergroup: S0CONTRACT }
environments: [dev, prod]
accounts: [{ name: main, regions: [eu-west-1] }]
pools: [{ match: { name: "*" }, environment: dev }]
`

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lifeguard-cli-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function put(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

async function run(command: string, known = operations) {
  const printed: string[] = []
  const complained: string[] = []
  const code = await dispatch(
    command.split(' ').filter(Boolean),
    [policyCheck, policyMatrix, policyTest],
    {
      env: { LIFEGUARD_CONFIG: join(folder, 'lifeguard.yml') },
      operations: known,
      print: (line) => void printed.push(line.replaceAll(`${folder}/`, '')),
      complain: (line) => void complained.push(line.replaceAll(`${folder}/`, '')),
    },
  )
  return { code, printed, complained }
}

const tests = (...lines: string[]) => lines.map((line) => `- { ${line} }\n`).join('')

describe('the commands', () => {
  test.each(['', 'help', '--help'])('"%s" lists them all', async (typed) => {
    const { code, printed } = await run(typed)
    expect(code).toBe(0)
    for (const name of ['policy check', 'policy matrix', 'policy test [file]'])
      expect(printed.join('\n')).toContain(`  ${name} `)
  })

  test.each([
    ['polcy chekc', 'Did you mean: policy check?'],
    ['policy', 'Did you mean: policy check, policy matrix, policy test?'],
    ['zebra', 'See: npm run lifeguard -- help'],
    ['policy checks', 'Did you mean: policy check?'],
  ])('"%s" is no command', async (typed, says) => {
    const { code, complained } = await run(typed)
    expect(code).toBe(64)
    expect(complained).toEqual([`There is no command "${typed}".`, says])
  })

  test('too many arguments are told', async () => {
    const { code, complained } = await run('policy test one two')
    expect(code).toBe(64)
    expect(complained).toEqual(['Too many arguments. Write: policy test [file]'])
  })
})

describe('policy check', () => {
  test('says that all is well, without any token', async () => {
    put('lifeguard.yml', SETTINGS)
    put('policy.cedar', POLICY)
    const { code, printed } = await run('policy check')
    expect(code).toBe(0)
    expect(printed[0]).toMatch(/^policy\.cedar is valid \(version [0-9a-f]{12}\)/)
    expect(printed).toContain('  forbid never-permanent')
  })

  test('tells remarks without failing', async () => {
    put('lifeguard.yml', SETTINGS)
    put('policy.cedar', '@id("a") permit (principal, action in [Action::"destroy"], resource);')
    const { code, printed } = await run('policy check', operations.slice(0, 1))
    expect(code).toBe(0)
    expect(printed[0]).toBe(
      'policy.cedar:1: Note: There is no such operation yet, so this never applies.',
    )
  })

  test('lists faults with file and line', async () => {
    put('lifeguard.yml', SETTINGS)
    put(
      'policy.cedar',
      '\n@id("a") permit (principal in Group::"suport", action, resource);\npermit (principal, action, resource);',
    )
    const { code, printed, complained } = await run('policy check')
    expect(code).toBe(1)
    expect(printed).toEqual([])
    expect(complained).toEqual([
      'policy.cedar:2: There is no group "suport" in lifeguard.yml. Did you mean "support"?',
      'policy.cedar:3: This policy has no name. Put @id("what-it-does") before it.',
    ])
  })

  test('lists the faults of lifeguard.yml too', async () => {
    put('lifeguard.yml', SETTINGS.replace('audit_channel', 'audit_chanel'))
    const { code, complained } = await run('policy check')
    expect(code).toBe(1)
    expect(complained).toContain(
      'lifeguard.yml:1: "audit_chanel" is not a setting here. Did you mean "audit_channel"?',
    )
  })
})

describe('policy matrix', () => {
  test('shows every set of groups, and each table once', async () => {
    put('lifeguard.yml', SETTINGS)
    put('policy.cedar', POLICY)
    const { code, printed } = await run('policy matrix')
    expect(code).toBe(0)
    expect(printed.join('\n')).toMatchInlineSnapshot(`
      "run: at once    1, 2, ...: approvals needed    -: refused
      yes: may approve, or act alone by break-glass    after 1: once one vote is in

      (in no group)
                                           dev  prod
        show-user                          -    -
        reset-password, method email-code  -    -
        reset-password, method temporary   -    -
        reset-password, method permanent   -    -
        update-pool                        -    -
        delete-user                        -    -
        see-personal-data                  -    -
        approve                            -    -
        break-glass                        -    -

      support
                                           dev  prod
        show-user                          run  run
        reset-password, method email-code  run  2
        reset-password, method temporary   1    2
        reset-password, method permanent   -    -
        update-pool                        -    -
        delete-user                        -    -
        see-personal-data                  run  run
        approve                            -    -
        break-glass                        -    -

      platform
                                           dev  prod
        show-user                          run  run
        reset-password, method email-code  -    -
        reset-password, method temporary   -    -
        reset-password, method permanent   -    -
        update-pool                        run  2
        delete-user                        -    -
        see-personal-data                  run  run
        approve                            -    -
        break-glass                        -    -

      cognito-admins
                                           dev  prod
        show-user                          -    -
        reset-password, method email-code  -    -
        reset-password, method temporary   -    -
        reset-password, method permanent   -    -
        update-pool                        -    -
        delete-user                        -    -
        see-personal-data                  -    -
        approve                            yes  yes
        break-glass                        -    -

      contractors: the same as (in no group)

      support + platform: what each of them may do

      support + cognito-admins: what each of them may do

      support + contractors: the same as (in no group)

      platform + cognito-admins: what each of them may do

      platform + contractors: the same as (in no group)

      cognito-admins + contractors: the same as (in no group)

      support + platform + cognito-admins: what each of them may do

      support + platform + contractors: the same as (in no group)

      support + cognito-admins + contractors: the same as (in no group)

      platform + cognito-admins + contractors: the same as (in no group)

      support + platform + cognito-admins + contractors: the same as (in no group)"
    `)
  })

  test('shows where operations differ in who may approve them, and where nobody may', async () => {
    put('lifeguard.yml', SETTINGS)
    put(
      'policy.cedar',
      `@id("two") permit (principal in Group::"support", action in [Action::"support", Action::"change"], resource)
         when { context.approvals >= 2 };
       @id("approve") permit (principal in Group::"platform", action == Action::"approve", resource)
         when { context.operation == "update-pool" && resource.env == Env::"dev" };
       @id("second") permit (principal in Group::"platform", action == Action::"approve", resource)
         when { context.operation == "reset-password" && resource.env == Env::"dev" && context.approvals >= 1 };
       @id("alone") permit (principal in Group::"platform", action == Action::"break-glass", resource);`,
    )
    const { code, printed } = await run('policy matrix')
    expect(code).toBe(0)
    const platform = printed.slice(printed.indexOf('platform'))
    expect(platform.slice(0, platform.indexOf(''))).toEqual([
      'platform',
      '                                     dev      prod',
      '  show-user                          -        -',
      '  reset-password, method email-code  -        -',
      '  reset-password, method temporary   -        -',
      '  reset-password, method permanent   -        -',
      '  update-pool                        -        -',
      '  delete-user                        -        -',
      '  see-personal-data                  -        -',
      '  approve reset-password             after 1  -',
      '  approve update-pool                yes      -',
      '  approve delete-user                -        -',
      '  break-glass                        yes      yes',
    ])
    expect(printed.at(-1)).toBe(
      '\nNote: In prod something needs approvals, and no group may approve there. Permit Action::"approve" to one.',
    )
  })

  test('with many groups it shows each alone and each two together', async () => {
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => `  ${name}: { users: [] }\n`).join('')
    put('lifeguard.yml', SETTINGS.replace(/groups:\n( {2}.*\n)*/, `groups:\n${many}`))
    put(
      'policy.cedar',
      '@id("both") permit (principal in Group::"a", action, resource) when { principal in Group::"e" };',
    )
    const { printed } = await run('policy matrix')
    const titles = printed.filter((line) => /^(\(|[a-e] |[a-e]:)/.test(line))
    expect(titles).toHaveLength(1 + 5 + 10)
    expect(titles).toContain('b: the same as (in no group)')
    expect(titles).toContain('a + e')
  })

  test('says for which pool and person it holds when policies look at them', async () => {
    put('lifeguard.yml', SETTINGS)
    put(
      'policy.cedar',
      '@id("ada") permit (principal == User::"U0ADA", action, resource) when { resource.name == "shop" };',
    )
    const { printed } = await run('policy matrix')
    expect(printed).toContain(
      'Some policies look at more than the environment: shown for a pool "any-pool" in main, eu-west-1.',
    )
    expect(printed).toContain(
      'Some policies name people: shown for somebody they do not name (U0000000000).',
    )
  })

  test('can be repeated to the letter', async () => {
    put('lifeguard.yml', SETTINGS)
    put('policy.cedar', POLICY)
    expect(await run('policy matrix')).toEqual(await run('policy matrix'))
  })
})

describe('policy test', () => {
  const reset = 'does: reset-password, with: { method: temporary }'

  beforeEach(() => {
    put('lifeguard.yml', SETTINGS)
    put('policy.cedar', POLICY)
  })

  test('passes when the policy says what is expected', async () => {
    put(
      'policy.tests.yml',
      tests(
        `who: { groups: [support] }, ${reset}, where: { environment: prod }, expect: 2`,
        'who: { groups: [support] }, does: show-user, where: { environment: prod, pool: shop }, expect: run',
        'who: { user: U0ADA }, does: show-user, where: { environment: dev }, expect: refuse',
      ),
    )
    const { code, printed } = await run('policy test')
    expect(code).toBe(0)
    expect(printed).toEqual([
      'ok    policy.tests.yml:1  support: reset-password (temporary) in prod: 2',
      '      You may run reset-password with method temporary in prod with 2 approvals: policy prod-needs-two asks for it.',
      'ok    policy.tests.yml:2  support: show-user in prod: run',
      '      You may run show-user in prod: policy support-helps allows it.',
      'ok    policy.tests.yml:3  nobody in a group: show-user in dev: refuse',
      '      You may not run show-user in dev: no policy allows it for you. Ask a Cognito admin.',
      '3 of 3 as expected',
    ])
  })

  test('passes for who may approve and who may act alone', async () => {
    put(
      'policy.cedar',
      `${POLICY}@id("alone") permit (principal in Group::"platform", action == Action::"break-glass", resource)
         when { context.operation == "delete-user" };`,
    )
    const [approves, breaks] = ['approves: reset-password', 'breaks_glass: delete-user']
    const prod = 'where: { environment: prod }'
    put(
      'policy.tests.yml',
      tests(
        `who: { groups: [cognito-admins] }, ${approves}, ${prod}, expect: allow`,
        `who: { groups: [cognito-admins], user: U0ADA }, ${approves}, asked_by: U0ADA, ${prod}, expect: refuse`,
        `who: { groups: [support] }, ${approves}, ${prod}, expect: refuse`,
        `who: { groups: [platform] }, ${breaks}, ${prod}, expect: allow`,
        `who: { groups: [platform] }, breaks_glass: update-pool, ${prod}, expect: refuse`,
      ),
    )
    const { code, printed } = await run('policy test')
    expect(printed.filter((line) => !line.startsWith(' '))).toEqual([
      'ok    policy.tests.yml:1  cognito-admins: approve reset-password in prod: allow',
      'ok    policy.tests.yml:2  cognito-admins: approve reset-password in prod: refuse',
      'ok    policy.tests.yml:3  support: approve reset-password in prod: refuse',
      'ok    policy.tests.yml:4  platform: break-glass delete-user in prod: allow',
      'ok    policy.tests.yml:5  platform: break-glass update-pool in prod: refuse',
      '5 of 5 as expected',
    ])
    expect(code).toBe(0)
  })

  test('fails for an approver who may not', async () => {
    put(
      'policy.tests.yml',
      tests(
        'who: { groups: [support] }, approves: reset-password, where: { environment: prod }, expect: allow',
      ),
    )
    const { code, printed } = await run('policy test')
    expect(code).toBe(1)
    expect(printed).toEqual([
      'FAIL  policy.tests.yml:1  support: approve reset-password in prod: expected allow, but it is refuse',
      '      You may not approve reset-password in prod: no policy lets you. Ask a Cognito admin.',
      '0 of 1 as expected',
    ])
  })

  test('fails when it does not, and says why', async () => {
    put(
      'mine.yml',
      tests(`who: { groups: [support] }, ${reset}, where: { environment: dev }, expect: run`),
    )
    const { code, printed } = await run(`policy test ${join(folder, 'mine.yml')}`)
    expect(code).toBe(1)
    expect(printed).toEqual([
      'FAIL  mine.yml:1  support: reset-password (temporary) in dev: expected run, but it is 1',
      '      You may run reset-password with method temporary in dev with one approval: policy secret-needs-one asks for it.',
      '0 of 1 as expected',
    ])
  })

  test('a policy that names a pool is tested with that pool', async () => {
    put(
      'policy.cedar',
      '@id("shop") permit (principal, action, resource) when { resource.name == "shop" };',
    )
    const asks = 'who: { groups: [] }, does: show-user'
    put(
      'policy.tests.yml',
      tests(
        `${asks}, where: { environment: dev, pool: shop }, expect: run`,
        `${asks}, where: { environment: dev, pool: bank }, expect: refuse`,
      ),
    )
    expect((await run('policy test')).code).toBe(0)
  })

  test.each([
    [
      'an unknown group',
      `who: { groups: [suport] }, ${reset}, where: { environment: dev }, expect: run`,
      'Did you mean "support"?',
    ],
    [
      'an unknown environment',
      `who: {}, ${reset}, where: { environment: prd }, expect: run`,
      'Did you mean "prod"?',
    ],
    [
      'an unknown operation',
      'who: {}, does: show-usr, where: { environment: dev }, expect: run',
      'Did you mean "show-user"?',
    ],
    [
      'an operation that no policy decides',
      'who: {}, does: whoami, where: { environment: dev }, expect: run',
      'is not among your operations',
    ],
    [
      'an unknown key',
      `who: {}, ${reset}, were: { environment: dev }, expect: run`,
      'Did you mean "where"?',
    ],
    [
      'an unknown method',
      'who: {}, does: reset-password, with: { method: perm }, where: { environment: dev }, expect: run',
      'Say which of these reset-password is asked with: email-code, temporary, permanent.',
    ],
    [
      'a missing method',
      'who: {}, does: reset-password, where: { environment: dev }, expect: run',
      'Say which of these',
    ],
    [
      'an attribute that is none',
      'who: {}, does: show-user, with: { method: temporary }, where: { environment: dev }, expect: run',
      'show-user has no method that a policy can read',
    ],
    [
      'an expectation that is none',
      `who: {}, ${reset}, where: { environment: dev }, expect: maybe`,
      'Write run, refuse, or the number',
    ],
    [
      'nothing that is done',
      'who: {}, where: { environment: dev }, expect: run',
      'Write one of does, approves and breaks_glass.',
    ],
    [
      'two things at once',
      `who: {}, ${reset}, approves: reset-password, where: { environment: dev }, expect: run`,
      'Write one of does, approves and breaks_glass.',
    ],
    [
      'a number of approvals for an approver',
      'who: {}, approves: reset-password, where: { environment: dev }, expect: 2',
      'Write allow or refuse.',
    ],
    [
      'an approver’s answer for somebody who asks',
      `who: {}, ${reset}, where: { environment: dev }, expect: allow`,
      'Write run, refuse, or the number',
    ],
    [
      'an approval of what only looks',
      'who: {}, approves: show-user, where: { environment: dev }, expect: allow',
      'is not among your operations',
    ],
    [
      'an unknown emergency',
      'who: {}, breaks_glass: delete-usr, where: { environment: dev }, expect: allow',
      'Did you mean "delete-user"?',
    ],
    [
      'a requester where nobody else asks',
      `who: {}, ${reset}, asked_by: U0ADA, where: { environment: dev }, expect: 1`,
      'It goes with approves only.',
    ],
    [
      'a method that approvers are not told apart by',
      'who: {}, approves: reset-password, with: { method: temporary }, where: { environment: dev }, expect: allow',
      'It goes with does only',
    ],
  ])('%s is told with its line', async (_what, line, says) => {
    put('policy.tests.yml', `# first\n${tests(line)}`)
    const { code, complained } = await run('policy test')
    expect(code).toBe(1)
    const there = complained.filter((one) => one.startsWith('policy.tests.yml:2: '))
    expect(there).toContainEqual(expect.stringContaining(says))
  })

  test.each([
    ['', 'policy.tests.yml:1: This file'],
    ['[]', 'policy.tests.yml:1: This file: Write a list of tests'],
    ['- {', 'policy.tests.yml:1: This is not valid YAML'],
  ])('the file "%s" is no list of tests', async (text, says) => {
    put('policy.tests.yml', text)
    const { code, complained } = await run('policy test')
    expect(code).toBe(1)
    expect(complained[0]).toContain(says)
  })

  test('a missing file says where to start from', async () => {
    const { code, complained } = await run('policy test')
    expect(code).toBe(1)
    expect(complained[0]).toMatch(/^policy\.tests\.yml: There is no such file/)
  })
})

test('the starter files hold together', async () => {
  cpSync(join(ROOT, 'lifeguard.example.yml'), join(folder, 'lifeguard.yml'))
  cpSync(join(ROOT, 'policy.example.cedar'), join(folder, 'policy.cedar'))
  cpSync(join(ROOT, 'policy.tests.example.yml'), join(folder, 'policy.tests.yml'))
  const { code, printed } = await run('policy test', registry)
  expect(printed.filter((line) => line.startsWith('FAIL'))).toEqual([])
  expect(code).toBe(0)
})
