import { z } from 'zod'
import { faultsOf, readYaml } from '../config/document.ts'
import { like, listOf, oneOf, section } from '../config/section.ts'
import { attributesOf } from '../core/attributes.ts'
import { Faults } from '../core/faults.ts'
import type { Ballot, Question } from '../core/verdict.ts'
import type { PolicySource } from '../policy/check.ts'
import type { Right } from '../policy/matrix.ts'
import { askable } from '../policy/schema.ts'
import { SAMPLE_PERSON, SAMPLE_REQUESTER, samplePool } from '../policy/matrix.ts'

/** One line of a policy's tests: what is asked, and what the policy shall say. */
export type Expectation = { readonly /** `policy.tests.yml:4` */ where: string } & (
  | {
      readonly asks: 'run'
      readonly question: Question
      /** `run`, `refuse`, or the number of approvals. */
      readonly expect: 'run' | 'refuse' | number
    }
  | { readonly asks: Right; readonly question: Ballot; readonly expect: 'allow' | 'refuse' }
)

/** Throws `Faults` with every line that says something impossible. */
export function expectationsIn(
  file: string,
  text: string,
  source: PolicySource,
): readonly Expectation[] {
  const yaml = readYaml(file, text)
  if (yaml.faults.length > 0) throw new Faults(yaml.faults)
  const { data, error } = shapeOf(source).safeParse(yaml.value ?? undefined)
  if (!data) throw new Faults(faultsOf(yaml, error.issues))
  return data.map((written, index) => expectationOf(written, yaml.where([index]), source))
}

type Written = z.infer<ReturnType<typeof shapeOf>>[number]

function expectationOf(written: Written, where: string, source: PolicySource): Expectation {
  const { who, does, approves, breaks_glass, asked_by, with: attributes = {}, expect } = written
  const common = {
    person: who.user ?? SAMPLE_PERSON,
    groups: who.groups,
    pool: { ...samplePool(source, written.where.environment), ...given(written.where) },
  }
  if (does !== undefined && expect !== 'allow')
    return { where, asks: 'run', question: { ...common, operation: does, attributes }, expect }
  return {
    where,
    asks: approves === undefined ? 'break-glass' : 'approve',
    question: {
      ...common,
      operation: approves ?? breaks_glass ?? '',
      requester: asked_by ?? SAMPLE_REQUESTER,
      approvals: 0,
    },
    expect: expect === 'allow' ? 'allow' : 'refuse',
  }
}

function among(operations: PolicySource['operations']) {
  return oneOf(
    operations.map(({ name }) => name),
    'operations',
  ).optional()
}

function shapeOf(source: PolicySource) {
  const { groups, environments, accounts } = source
  const pooled = askable(source.operations).filter((operation) => operation.pooled)
  const changes = pooled.filter(({ risk }) => risk !== 'read')
  const member = like(/^[UW][A-Z0-9]+$/, 'Give the id of a Slack member.').optional()
  const test = section(
    {
      who: section(
        {
          groups: z.array(oneOf(groups, 'groups'), 'List groups, such as [support].').default([]),
          user: member,
        },
        'who asks: { groups: [support] }',
      ),
      does: among(pooled),
      approves: among(changes),
      breaks_glass: among(changes),
      asked_by: member,
      where: section(
        {
          environment: oneOf(environments, 'environments'),
          pool: z.string('Give the name of a pool.').optional(),
          account: oneOf(
            accounts.map(({ name }) => name),
            'accounts',
          ).optional(),
          region: oneOf(
            accounts.flatMap(({ regions }) => regions),
            'regions',
          ).optional(),
        },
        'where: { environment: dev }',
      ),
      with: z
        .record(z.string(), z.string('Give one of its values.'), 'Write { method: email-code }.')
        .optional(),
      expect: z.union([z.literal(['run', 'refuse', 'allow']), z.int().min(1).max(5)], EXPECT_ONE),
    },
    'a test: { who: { groups: [support] }, does: show-user, where: { environment: dev }, expect: run }',
  ).superRefine((written, context) => {
    for (const [name, message] of [...kindFaults(written), ...attributeFaults(written, pooled)])
      context.addIssue({ code: 'custom', path: name.split('.'), message })
  })
  return listOf(test, 'Write a list of tests, as in policy.tests.example.yml.')
}

const EXPECT_ONE =
  'Write run, refuse, or the number of approvals from 1 to 5; for approves and breaks_glass, allow or refuse.'

type Problem = readonly [path: string, message: string]

interface Kind {
  readonly does?: string | undefined
  readonly approves?: string | undefined
  readonly breaks_glass?: string | undefined
  readonly asked_by?: string | undefined
  readonly with?: Readonly<Record<string, string>> | undefined
  readonly expect: string | number
}

/** A test is of one kind, and says only what this kind knows. */
function* kindFaults(written: Kind): Iterable<Problem> {
  const { does, approves, breaks_glass, expect } = written
  const kinds = [does, approves, breaks_glass].filter((kind) => kind !== undefined)
  if (kinds.length !== 1) yield ['does', 'Write one of does, approves and breaks_glass.']
  else if (does !== undefined && expect === 'allow') yield ['expect', EXPECT_ONE]
  else if (does === undefined && expect !== 'allow' && expect !== 'refuse')
    yield ['expect', 'Write allow or refuse.']
  if (approves === undefined && written.asked_by !== undefined)
    yield ['asked_by', 'It goes with approves only. Remove it.']
  if (does === undefined && written.with)
    yield ['with', 'It goes with does only: approvers are not told apart by it. Remove it.']
}

function* attributeFaults(
  { does, with: attributes = {} }: Kind,
  operations: PolicySource['operations'],
): Iterable<Problem> {
  const operation = operations.find(({ name }) => name === does)
  if (!operation) return
  const known = attributesOf(operation)
  for (const name of new Set([...known.keys(), ...Object.keys(attributes)])) {
    const message = attributeFault(operation.name, name, attributes[name], known.get(name))
    if (message) yield [`with.${name}`, message]
  }
}

function attributeFault(
  operation: string,
  name: string,
  value: string | undefined,
  known: readonly string[] | undefined,
): string | undefined {
  if (!known) return `${operation} has no ${name} that a policy can read. Remove it.`
  if (value !== undefined && known.includes(value)) return undefined
  return `Say which of these ${operation} is asked with: ${known.join(', ')}.`
}

function given({
  pool,
  account,
  region,
}: Partial<Record<'pool' | 'account' | 'region', string | undefined>>) {
  return {
    ...(pool === undefined ? {} : { name: pool }),
    ...(account === undefined ? {} : { account }),
    ...(region === undefined ? {} : { region }),
  }
}
