import { isAuthorized } from '@cedar-policy/cedar-wasm/nodejs'
import * as fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { operations as registry } from '../../src/operations/index.ts'
import { PolicyFaults } from '../../src/policy/faults.ts'
import { loadPolicy } from '../../src/policy/load.ts'
import { load, POLICY, question, source } from './words.ts'

function faultsOf(text: string): readonly string[] {
  try {
    load(text)
  } catch (error) {
    if (!(error instanceof PolicyFaults)) throw error
    return error.faults.map(({ where, sentence }) => `${where} ${sentence}`)
  }
  return []
}

const permit = (rest: string) => `// comment é\n@id("a")\npermit (${rest};`
const when = (condition: string) => permit(`principal, action, resource) when { ${condition} }`)
const reset = (condition: string) =>
  permit(`principal, action == Action::"reset-password", resource) when { ${condition} }`)
const approve = (condition: string) =>
  permit(`principal, action == Action::"approve", resource) when { ${condition} }`)

const breakGlass = (condition: string) =>
  permit(`principal, action == Action::"break-glass", resource) when { ${condition} }`)

const ruleFaults = (effect: string, condition: string) =>
  faultsOf(
    `@id("a") ${effect} (principal, action == Action::"reset-password", resource) ${condition};`,
  )

/** What Cedar itself says of a temporary password with so many approvals. */
function allows(text: string, approvals: number): boolean {
  const answer = isAuthorized({
    principal: { type: 'User', id: 'U0ADA' },
    action: { type: 'Action', id: 'reset-password' },
    resource: { type: 'Pool', id: 'eu-west-1_abc' },
    context: { approvals, method: 'temporary' },
    entities: [],
    policies: { staticPolicies: text },
  })
  if (answer.type === 'failure') throw new Error(answer.errors[0]?.message)
  return answer.response.decision === 'allow'
}

/** The policies of a text that speaks of the starter file’s groups. */
function idsIn(text: string): ReadonlySet<string> {
  const groups = ['support', 'cognito-admins', 'contractors']
  return new Set(loadPolicy({ ...source(text), groups }).rules.map(({ id }) => id))
}

describe('a good policy', () => {
  test('loads without a remark', () => {
    const { rules, remarks } = load(POLICY)
    expect(rules.map(({ id }) => id)).toHaveLength(8)
    expect(remarks).toEqual([])
  })

  test('the example of the contract loads', () => {
    const policy = load(`
@id("support-resets") permit (principal in Group::"support", action in [Action::"read", Action::"reset-password"], resource);
@id("prod-needs-two") forbid (principal, action in [Action::"support", Action::"change", Action::"destroy"], resource)
  when { resource.env == Env::"prod" && context.approvals < 2 };
@id("admins-approve") permit (principal in Group::"cognito-admins", action == Action::"approve", resource);`)
    expect(policy.decide(question({ environment: 'prod' }))).toMatchObject({
      kind: 'ask',
      approvals: 2,
    })
  })

  test('the starter policy loads with the real operations and lets support help', () => {
    const text = readFileSync(join(import.meta.dirname, '../../policy.example.cedar'), 'utf8')
    const policy = loadPolicy({
      ...source(text),
      groups: ['support', 'cognito-admins', 'contractors'],
      operations: registry,
    })
    const answers = ['dev', 'staging', 'prod'].map((environment) =>
      ['email-code', 'temporary', 'permanent'].map((method) => {
        const verdict = policy.decide(question({ environment, method }))
        return verdict.kind === 'ask' ? verdict.approvals : verdict.kind
      }),
    )
    expect(policy.remarks).toEqual([])
    expect(answers).toEqual([
      ['run', 'run', 'refuse'],
      ['run', 'run', 'refuse'],
      [2, 2, 'refuse'],
    ])
  })

  test('an empty policy is valid and refuses everything', () => {
    expect(load('// nothing yet').decide(question()).kind).toBe('refuse')
  })

  test('approving and break-glass are there before there is any operation', () => {
    const text = `@id("a") permit (principal, action in [Action::"approve", Action::"break-glass"], resource)
      when { context.approvals >= 1 };`
    expect(loadPolicy({ ...source(text), operations: [] }).remarks).toEqual([])
  })

  test('the examples in the comments of the starter policy are valid too', () => {
    const text = readFileSync(join(import.meta.dirname, '../../policy.example.cedar'), 'utf8')
    const woken = text.replaceAll(/^\/\/ @id[^;]*;/gm, (rule) => rule.replaceAll(/^\/\/ ?/gm, ''))
    const added = idsIn(woken).difference(idsIn(text))
    expect([...added]).toEqual(['support-sees-masked', 'on-call-breaks-glass'])
  })

  test('a policy in a comment does not count, not even for the lines of others', () => {
    const rule = '@id("a") permit (principal, action, resource) when { context.approvals == 2 };'
    expect(load(`// ${rule}\n@id("a") permit (principal, action, resource);`).rules).toHaveLength(1)
    expect(
      faultsOf(`// ${rule}\n\n${rule.replace('action,', 'action == Action::"show-user",')}`),
    ).toEqual([expect.stringMatching(/^policy\.cedar:3 /)])
  })

  test('slashes in a text are no comment', () => {
    const [rule] = load(when('resource.name == "a // b \\" // c"')).rules
    expect(rule?.text).toContain('a // b \\" // c')
  })
})

describe('planted mistakes', () => {
  test.each([
    [
      'a group',
      permit('principal in Group::"suport", action, resource)'),
      3,
      'There is no group "suport" in lifeguard.yml. Did you mean "support"?',
    ],
    [
      'a group far from all',
      permit('principal in Group::"zebra", action, resource)'),
      3,
      'It is one of: support, platform,',
    ],
    [
      'an environment',
      when('resource.env == Env::"prd"'),
      3,
      'There is no environment "prd" in lifeguard.yml. Did you mean "prod"?',
    ],
    [
      'an operation',
      permit('principal, action == Action::"reset-pasword", resource)'),
      3,
      'Did you mean `Action::"reset-password"`?',
    ],
    [
      'a kind of operation',
      permit('principal, action in [Action::"raed"], resource)'),
      3,
      'Unrecognized action',
    ],
    ['an attribute of the pool', when('resource.enw == Env::"prod"'), 3, 'Did you mean `env`?'],
    [
      'an attribute of the context',
      reset('context.metod == "temporary"'),
      3,
      'Did you mean `method`?',
    ],
    [
      'a type of entity',
      permit('principal in Grup::"support", action, resource)'),
      3,
      'Did you mean `Group`?',
    ],
    [
      'a keyword',
      permit('principal, action, resource)').replace('permit', 'permt'),
      3,
      'Effect must be either',
    ],
    ['an environment as text', when('resource.env == "prod"'), 3, 'not compatible'],
    ['approvals as text', reset('context.approvals >= "2"'), 3, 'expected Long but saw String'],
    [
      'a method that every operation would need',
      when('context.method == "temporary"'),
      3,
      'not found',
    ],
    [
      'a missing semicolon',
      permit('principal, action, resource)').slice(0, -1),
      3,
      'Unexpected end of input',
    ],
    ['a template', permit('principal == ?principal, action, resource)'), undefined, 'template'],
    [
      'a method',
      reset('context.method == "temporaray"'),
      3,
      'context.method is never "temporaray". Did you mean "temporary"?',
    ],
    [
      'a method on the left',
      reset('"temporaray" != context.method'),
      3,
      'context.method is never "temporaray"',
    ],
    [
      'a method among others',
      reset('["temporary", "perm"].contains(context.method)'),
      3,
      'context.method is never "perm". It is one of: email-code,',
    ],
    [
      'a method by a pattern',
      reset('context.method like "temporaray*"'),
      3,
      'context.method is never like "temporaray*"',
    ],
    [
      'an operation as text',
      approve('context.operation == "reset-pasword"'),
      3,
      'Did you mean "reset-password"?',
    ],
    [
      'an operation as text in an emergency',
      breakGlass('context.operation == "delete-usr"'),
      3,
      'Did you mean "delete-user"?',
    ],
    [
      'the requester of an emergency, who is the principal',
      breakGlass('context.requester != principal'),
      3,
      'not found',
    ],
    [
      'an emergency misspelt',
      permit('principal, action == Action::"break-glas", resource)'),
      3,
      'Did you mean `Action::"break-glass"`?',
    ],
    [
      'votes that would take an emergency’s right away',
      breakGlass('context.approvals == 0'),
      3,
      'One more approval must never take a right away.',
    ],
    ['an account', when('resource.account == "mian"'), 3, 'Did you mean "main"?'],
    ['a region', when('resource.region == "eu-wset-1"'), 3, 'Did you mean "eu-west-1"?'],
    ['a nameless policy', '\npermit (principal, action, resource);', 2, 'Put @id('],
    ['an empty name', '@id("") permit (principal, action, resource);', 1, 'Put @id('],
    [
      'a name twice',
      `${permit('principal, action, resource)')}\n${permit('principal, action, resource)')}`,
      5,
      '"a" is the @id of the policy at policy.cedar:2 too',
    ],
  ])('%s', (_what, text, line, says) => {
    const faults = faultsOf(text)
    expect(faults).toHaveLength(1)
    expect(faults[0]).toContain(`policy.cedar${line === undefined ? '' : `:${line}`} `)
    expect(faults[0]).toContain(says)
  })

  test('what is right is not blamed', () => {
    const conditions = [
      'context.method like "temp*"',
      '["temporary", "email-code"].contains(context.method)',
      'resource.name == "anything"',
      'resource.account == "other" || resource.region like "eu-*"',
    ]
    expect(conditions.flatMap((condition) => faultsOf(reset(condition)))).toEqual([])
  })

  test('all are told at once, each with its line', () => {
    const lines = faultsOf(
      [
        '@id("a") permit (principal in Group::"suport", action, resource);',
        'permit (principal, action, resource);',
        '@id("a") permit (principal, action == Action::"reset-password", resource)',
        '  when {',
        '    context.method == "perm" };',
        '@id("c") forbid (principal, action == Action::"show-user", resource) when { context.approvals == 0 };',
      ].join('\n'),
    ).map((fault) => fault.split(' ')[0])
    expect(new Set(lines)).toEqual(new Set([1, 2, 3, 5, 6].map((line) => `policy.cedar:${line}`)))
  })

  test('every syntax mistake is told', () => {
    const faults = faultsOf(
      '@id("a") permt (principal, action, resource);\n@id("b") forbd (principal, action, resource);',
    )
    expect(faults.map((fault) => fault.split(' ')[0])).toEqual(['policy.cedar:1', 'policy.cedar:2'])
  })
})

describe('votes only ever help', () => {
  test.each([
    ['permit', 'when { context.approvals >= 2 }'],
    ['permit', 'when { 1 < context.approvals && context.method == "temporary" }'],
    ['permit', 'unless { context.approvals < 2 }'],
    ['permit', 'when { !(context.approvals < 2) }'],
    ['permit', 'when { if resource.env == Env::"prod" then context.approvals > 1 else true }'],
    ['permit', 'when { context has approvals }'],
    ['forbid', 'when { context.approvals < 2 }'],
    ['forbid', 'when { 2 > context.approvals || context.method == "permanent" }'],
    ['forbid', 'unless { context.approvals >= 2 }'],
  ])('%s %s', (effect, condition) => {
    expect(ruleFaults(effect, condition)).toEqual([])
  })

  test.each([
    ['permit', 'when { context.approvals == 2 }'],
    ['permit', 'when { context.approvals != 0 }'],
    ['permit', 'when { context.approvals < 2 }'],
    ['permit', 'unless { context.approvals >= 2 }'],
    ['permit', 'when { [0, 2].contains(context.approvals) }'],
    ['permit', 'when { context.approvals * 2 > 3 }'],
    ['permit', 'when { context == {approvals: 2, method: "temporary"} }'],
    ['permit', 'when { {c: context}.c.approvals == 2 }'],
    ['permit', 'when { if context.approvals > 1 then false else true }'],
    ['permit', 'when { (context.approvals > 1) == false }'],
    ['permit', 'when { context.approvals < context.approvals }'],
    ['forbid', 'when { context.approvals == 1 }'],
    ['forbid', 'when { context.approvals > 2 }'],
    ['forbid', 'when { !(context.approvals < 2) }'],
  ])('not: %s %s', (effect, condition) => {
    expect(ruleFaults(effect, condition)).toEqual([
      expect.stringContaining('One more approval must never take a right away.'),
    ])
  })

  test('whatever passes is so, by Cedar itself', () => {
    const { condition } = fc.letrec<{ condition: string }>((tie) => ({
      condition: fc.oneof(
        { maxDepth: 3, withCrossShrink: true },
        fc
          .tuple(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), fc.nat(4), fc.boolean())
          .map(([sign, n, turned]) =>
            turned ? `${n} ${sign} context.approvals` : `context.approvals ${sign} ${n}`,
          ),
        fc.constantFrom('context.method == "temporary"', 'context.method != "temporary"'),
        tie('condition').map((one) => `!(${one})`),
        fc
          .tuple(tie('condition'), fc.constantFrom('&&', '||'), tie('condition'))
          .map(([left, sign, right]) => `(${left}) ${sign} (${right})`),
        fc
          .tuple(tie('condition'), tie('condition'), tie('condition'))
          .map(([a, b, c]) => `if ${a} then ${b} else ${c}`),
      ),
    }))
    const votes = [0, 1, 2, 3, 4, 5]
    let passed = 0
    const property = fc.property(
      fc.constantFrom('permit', 'forbid'),
      fc.constantFrom('when', 'unless'),
      condition,
      (effect, kind, body) => {
        const text = `@id("one") ${effect} (principal, action == Action::"reset-password", resource) ${kind} { ${body} };
          ${effect === 'permit' ? '' : '@id("all") permit (principal, action, resource);'}`
        if (faultsOf(text).length > 0) return
        passed++
        const allowed = votes.map((approvals) => allows(text, approvals))
        expect(allowed.lastIndexOf(false)).toBe(allowed.filter((one) => !one).length - 1)
      },
    )
    fc.assert(property, { numRuns: 150 })
    expect(passed).toBeGreaterThan(10)
  })
})

describe('remarks', () => {
  test('a policy for operations that do not exist yet is valid and remarked', () => {
    const text = '@id("a") permit (principal, action in [Action::"destroy"], resource);'
    const { remarks } = loadPolicy({ ...source(text), operations: registry })
    const support = registry.every(({ risk }) => risk !== 'destroy')
    expect(
      remarks.some(({ sentence }) => sentence.startsWith('There is no such operation yet')),
    ).toBe(support)
  })

  test('asking votes for every action would stop the voting itself', () => {
    const { remarks } = load(
      '\n@id("a") forbid (principal, action, resource) when { context.approvals < 2 };',
    )
    expect(remarks.map(({ where }) => where)).toEqual(['policy.cedar:2'])
    expect(remarks[0]?.sentence).toContain('This forbids approving too')
  })

  test.each([
    [1, '@id("a") permit (principal, action, resource);'],
    [
      1,
      '@id("a") permit (principal in Group::"support", action, resource) unless { resource.env == Env::"prod" };',
    ],
    [0, '@id("a") permit (principal, action in [Action::"read"], resource);'],
    [0, '@id("a") permit (principal, action, resource) when { action in [Action::"read"] };'],
    [0, '@id("a") forbid (principal, action, resource);'],
  ])('%d for permitting everything, approvals and emergencies too: %s', (times, text) => {
    const { remarks } = load(`\n${text}`)
    expect(remarks).toHaveLength(times)
    for (const { where, sentence } of remarks) {
      expect(where).toBe('policy.cedar:2')
      expect(sentence).toContain('This permits approving and break-glass too.')
    }
  })
})

describe('readsPoolIdentity', () => {
  test.each([
    [false, when('resource.env == Env::"prod"')],
    [true, when('resource.name like "shop-*"')],
    [true, when('resource.account == "main"')],
    [true, when('resource.env == Env::"dev" || resource.region == "eu-west-1"')],
    [true, when('resource == Pool::"eu-west-1_abc"')],
    [true, permit('principal, action, resource == Pool::"eu-west-1_abc")')],
    [false, permit('principal, action, resource is Pool)')],
  ])('%s for %s', (reads, text) => {
    expect(load(text).readsPoolIdentity).toBe(reads)
  })
})

describe('version', () => {
  test('it changes with the text and with what the text may speak of', () => {
    const text = '@id("a") permit (principal, action, resource);'
    const base = source(text)
    const versions = [
      base,
      source(`${text} `),
      { ...base, groups: ['support'] },
      { ...base, environments: ['dev'] },
      { ...base, accounts: [] },
      { ...base, operations: base.operations.slice(1) },
    ].map((one) => loadPolicy(one).version)
    expect(new Set(versions).size).toBe(versions.length)
    expect(loadPolicy(source(text)).version).toBe(versions[0])
  })
})
