import { z } from 'zod'
import { choice, pool } from '../../src/core/field.ts'
import { mutation, query } from '../../src/core/operation.ts'
import type { Operation } from '../../src/core/operation.ts'
import type { Question } from '../../src/core/verdict.ts'
import type { PolicySource } from '../../src/policy/check.ts'
import { loadPolicy } from '../../src/policy/load.ts'
import type { LoadedPolicy } from '../../src/policy/load.ts'

const never = async () => Promise.reject(new Error('no test runs an operation here'))
const about = { title: 'A title', summary: 'A summary.', examples: [] }
const change = { ...about, plan: never, apply: never, button: 'Go' }

const METHODS = [
  { value: 'email-code', label: 'Code' },
  { value: 'temporary', label: 'Temporary' },
  { value: 'permanent', label: 'Permanent' },
] as const

/** One operation of each risk, one with an attribute, one about the bot itself. */
export const operations: readonly Operation[] = [
  query({ ...about, name: 'show-user', input: z.object({ pool: pool() }), answer: never }),
  mutation({
    ...change,
    name: 'reset-password',
    risk: 'support',
    input: z.object({ pool: pool(), method: choice('How', METHODS) }),
    attributes: ['method'],
  }),
  mutation({ ...change, name: 'update-pool', risk: 'change', input: z.object({ pool: pool() }) }),
  mutation({ ...change, name: 'delete-user', risk: 'destroy', input: z.object({ pool: pool() }) }),
  query({ ...about, name: 'whoami', input: z.object({}), answer: never }),
]

/** The policies of an imagined customer. */
export const POLICY = `
@id("support-helps")     permit (principal in Group::"support", action in [Action::"read", Action::"reset-password"], resource);
@id("platform-pools")    permit (principal in Group::"platform", action in [Action::"read", Action::"change"], resource);
@id("never-permanent")   forbid (principal, action == Action::"reset-password", resource) when { context.method == "permanent" };
@id("secret-needs-one")  forbid (principal, action == Action::"reset-password", resource)
  when { context.method == "temporary" && context.approvals < 1 };
@id("prod-needs-two")    forbid (principal, action in [Action::"support", Action::"change", Action::"destroy"], resource)
  when { resource.env == Env::"prod" && context.approvals < 2 };
@id("admins-approve")    permit (principal in Group::"cognito-admins", action == Action::"approve", resource);
@id("no-self-approval")  forbid (principal, action == Action::"approve", resource) when { principal == context.requester };
@id("contractors-never") forbid (principal in Group::"contractors", action, resource);
`

export function source(text: string): PolicySource {
  return {
    text,
    path: 'policy.cedar',
    groups: ['support', 'platform', 'cognito-admins', 'contractors'],
    environments: ['dev', 'staging', 'prod'],
    accounts: [
      { name: 'main', regions: ['eu-west-1', 'us-east-1'] },
      { name: 'other', regions: ['eu-west-1'] },
    ],
    operations,
  }
}

export function load(text: string): LoadedPolicy {
  return loadPolicy(source(text))
}

export interface Asked {
  readonly groups?: readonly string[]
  readonly operation?: string
  readonly environment?: string
  readonly method?: string
  readonly pool?: Partial<Question['pool']>
}

/** Somebody of support wants to send a code in dev, unless told otherwise. */
export function question(asked: Asked = {}): Question {
  const { groups = ['support'], operation = 'reset-password', environment = 'dev' } = asked
  const { method = 'email-code', pool: place = {} } = asked
  return {
    person: 'U0ADA',
    groups,
    operation,
    pool: {
      id: 'eu-west-1_abc',
      name: 'customers',
      environment,
      account: 'main',
      region: 'eu-west-1',
      ...place,
    },
    attributes: operation === 'reset-password' ? { method } : {},
  }
}
