import { z } from 'zod'
import { faultsOf, readYaml } from '../config/document.ts'
import { like, listOf, oneOf, section } from '../config/section.ts'
import { Faults } from '../core/faults.ts'
import type { Question } from '../core/verdict.ts'
import type { PolicySource } from '../policy/check.ts'
import { SAMPLE_PERSON, samplePool } from '../policy/matrix.ts'
import { attributesOf } from '../core/attributes.ts'

/** One line of a policy's tests: what is asked, and what the policy shall say. */
export interface Expectation {
  /** `policy.tests.yml:4` */
  readonly where: string
  readonly question: Question
  /** `run`, `refuse`, or the number of approvals. */
  readonly expect: 'run' | 'refuse' | number
}

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
  return data.map(({ who, does, where, with: attributes, expect }, index) => ({
    where: yaml.where([index]),
    question: {
      person: who.user ?? SAMPLE_PERSON,
      groups: who.groups,
      operation: does,
      pool: { ...samplePool(source, where.environment), ...given(where) },
      attributes,
    },
    expect,
  }))
}

function shapeOf({ groups, environments, accounts, operations }: PolicySource) {
  const pooled = operations.filter((operation) => operation.pooled)
  const test = section(
    {
      who: section(
        {
          groups: z.array(oneOf(groups, 'groups'), 'List groups, such as [support].').default([]),
          user: like(/^[UW][A-Z0-9]+$/, 'Give the id of a Slack member.').optional(),
        },
        'who asks: { groups: [support] }',
      ),
      does: oneOf(
        pooled.map(({ name }) => name),
        'operations',
      ),
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
        .default({}),
      expect: z.union(
        [z.literal(['run', 'refuse']), z.int().min(1).max(5)],
        'Write run, refuse, or the number of approvals from 1 to 5.',
      ),
    },
    'a test: { who: { groups: [support] }, does: show-user, where: { environment: dev }, expect: run }',
  ).superRefine(({ does, with: attributes }, context) => {
    const operation = pooled.find(({ name }) => name === does)
    const known: ReadonlyMap<string, readonly string[]> = operation
      ? attributesOf(operation)
      : new Map()
    for (const name of new Set([...known.keys(), ...Object.keys(attributes)])) {
      const message = attributeFault(does, name, attributes[name], known.get(name))
      if (message) context.addIssue({ code: 'custom', path: ['with', name], message })
    }
  })
  return listOf(test, 'Write a list of tests, as in policy.tests.example.yml.')
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
