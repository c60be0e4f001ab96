import type { JsonObject } from '../../core/canonical.ts'
import type { PoolRef, PoolSnapshot } from '../../core/directory.ts'
import { Refusal } from '../../core/refusal.ts'
import { isObject, valueAt, without, withValue } from './paths.ts'
import { updateInput } from './round-trip.ts'
import { schemaToCreate } from './schema.ts'

/** What another pool is made from, and what of it cannot come along. */
export interface CloneBase {
  /** Members of CreateUserPool but for the name and the request's own tag. */
  readonly request: JsonObject
  /** SetUserPoolMfaConfig of the second step, less the pool id; undefined when MFA is off and no factor is set up. */
  readonly mfa: JsonObject | undefined
  /** What is not carried, each with its reason. */
  readonly left: readonly string[]
}

interface Options {
  /** Lambda triggers come along: each needs a permission for the new pool first. */
  readonly triggers: boolean
}

/** What no pool object holds. */
const NEVER_PART =
  'Users, groups, app clients, domains, identity providers, resource servers, branding, risk and log settings are not part of a pool’s settings and are not cloned.'

/** Throws a `Refusal` when the pool cannot be cloned. */
export function cloneBase(source: PoolSnapshot, place: PoolRef, options: Options): CloneBase {
  if (source.unknown.length > 0)
    throw new Refusal(
      `${source.pool.name} has settings that this version of Lifeguard does not know and would lose: ${source.unknown.join(', ')}. Upgrade Lifeguard, then try again.`,
      { field: 'clone_of' },
    )
  const { schema, fault } = schemaToCreate(source.settings['SchemaAttributes'])
  if (fault !== undefined) throw new Refusal(fault, { field: 'clone_of' })
  const moved = source.pool.account !== place.account || source.pool.region !== place.region
  const steps: readonly Step[] = [
    triggersOut(options.triggers && !moved),
    registrationOut,
    ...(moved ? MOVES : []),
    mfaOut(),
  ]
  const start: Draft = { request: carried(source, schema), left: [] }
  const { request, left } = steps.reduce((draft, step) => step(draft), start)
  const mfa = mfaAfter(source, moved)
  return { request, mfa: mfa.config, left: [...left, ...mfa.left, NEVER_PART] }
}

interface Draft {
  readonly request: JsonObject
  readonly left: readonly string[]
}

type Step = (draft: Draft) => Draft

function carried({ settings }: PoolSnapshot, schema: readonly JsonObject[]): JsonObject {
  const input = updateInput(settings, new Set(['DcrConfiguration']))
  const createOnly = ['AliasAttributes', 'UsernameAttributes', 'UsernameConfiguration'].flatMap(
    (member) => (settings[member] === undefined ? [] : [[member, settings[member]] as const]),
  )
  return {
    ...without(input, ['UserPoolId', 'PoolName']),
    ...Object.fromEntries(createOnly),
    ...(schema.length > 0 ? { Schema: schema } : {}),
  }
}

/** Takes a member out, when it is there, and says so. */
function out(member: string, why: string): Step {
  return ({ request, left }) =>
    valueAt(request, member) === undefined
      ? { request, left }
      : { request: withValue(request, member, undefined), left: [...left, why] }
}

function triggersOut(kept: boolean): Step {
  return (draft) => {
    const triggers = draft.request['LambdaConfig']
    const some = isObject(triggers) && Object.keys(triggers).length > 0
    if (kept && some)
      return {
        ...draft,
        left: [
          ...draft.left,
          'Each Lambda trigger needs a permission for the new pool before it is used.',
        ],
      }
    const step = out(
      'LambdaConfig',
      some ? 'Lambda triggers: each needs a permission for the new pool first.' : '',
    )
    const { request, left } = step(draft)
    return { request, left: left.filter((one) => one !== '') }
  }
}

const registrationOut = out(
  'DcrConfiguration',
  'Dynamic client registration: turn it on afterwards if it is wanted.',
)

/** What is valid only in the account and region where it was made. */
const MOVES: readonly Step[] = [
  out('SmsConfiguration', 'SMS delivery: its role belongs to the other account or region.'),
  out(
    'EmailConfiguration',
    'E-mail delivery: its SES identity belongs to the other account or region.',
  ),
  out('KeyConfiguration', 'The encryption key belongs to the other account or region.'),
]

/** CreateUserPool takes SMS as a second factor only: it is created without, and turned on in a second step. */
function mfaOut(): Step {
  return ({ request, left }) => {
    const factors = valueAt(request, FACTORS)
    const plain = Array.isArray(factors) && factors.some((one) => one !== 'PASSWORD')
    const safe = plain ? withValue(request, FACTORS, ['PASSWORD']) : request
    return {
      request: { ...safe, MfaConfiguration: 'OFF' },
      left: plain
        ? [
            ...left,
            'First sign-in factors beyond the password: choose them afterwards with update-pool.',
          ]
        : left,
    }
  }
}

const FACTORS = 'Policies.SignInPolicy.AllowedFirstAuthFactors'

function mfaAfter({ mfa }: PoolSnapshot, moved: boolean) {
  const passkeys = mfa['WebAuthnConfiguration']
  const sms = mfa['SmsMfaConfiguration']
  const left = [
    ...(passkeys === undefined ? [] : ['Passkeys: their domain belongs to the other pool.']),
    ...(sms !== undefined && moved
      ? ['SMS as a second factor: its role belongs to the other account or region.']
      : []),
  ]
  const config = without(mfa, ['WebAuthnConfiguration', ...(moved ? ['SmsMfaConfiguration'] : [])])
  const wanted = Object.keys(config).some((name) => name !== 'MfaConfiguration')
  return { config: wanted ? config : undefined, left } satisfies {
    config: JsonObject | undefined
    left: readonly string[]
  }
}
