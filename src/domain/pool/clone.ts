import type { Json, JsonObject } from '../../core/canonical.ts'
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
      `${source.pool.name} has settings that this version of Lifeguard does not know and would lose: ${source.unknown.join(', ')}. No pool was created. Upgrade Lifeguard, then try again.`,
      { field: 'clone_of' },
    )
  const { schema, fault } = schemaToCreate(source.settings['SchemaAttributes'])
  if (fault !== undefined) throw new Refusal(`${fault} No pool was created.`, { field: 'clone_of' })
  const moved = source.pool.account !== place.account || source.pool.region !== place.region
  const steps: readonly Step[] = [
    moved ? MOVED_TRIGGERS : triggers(options.triggers),
    registrationOut,
    ...(moved ? [SMS, KEY, emailOut] : []),
    factorsOut,
  ]
  const start: Draft = {
    request: { ...carried(source, schema), MfaConfiguration: 'OFF' },
    left: [],
  }
  const { request, left } = steps.reduce((draft, step) => step(draft), start)
  const mfa = mfaAfter(source, request)
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

/** Takes a member out, and says so when it holds something. */
function out(member: string, why: string): Step {
  return ({ request, left }) => ({
    request: without(request, [member]),
    left: isHeld(request[member]) ? [...left, why] : left,
  })
}

const isHeld = (value: Json | undefined) =>
  value !== undefined && !(isObject(value) && Object.keys(value).length === 0)

const MOVED_TRIGGERS = out(
  'LambdaConfig',
  'Lambda triggers: their functions belong to the other account or region.',
)

function triggers(wanted: boolean): Step {
  const leave = out(
    'LambdaConfig',
    'Lambda triggers: each needs a permission for the new pool first.',
  )
  return (draft) =>
    wanted && isHeld(draft.request['LambdaConfig'])
      ? {
          ...draft,
          left: [
            ...draft.left,
            'The permissions of Lambda triggers: give one for the new pool to each before it is used.',
          ],
        }
      : leave(draft)
}

const registrationOut = out(
  'DcrConfiguration',
  'Dynamic client registration: turn it on afterwards if it is wanted.',
)

/** What is valid only in the account and region where it was made. */
const SMS = out(
  'SmsConfiguration',
  'SMS delivery: its role belongs to the other account or region.',
)
const KEY = out(
  'KeyConfiguration',
  'The encryption key: it belongs to the other account or region.',
)

/** What Cognito itself sends needs nothing of the account. */
const emailOut: Step = (draft) =>
  valueAt(draft.request, SES_IDENTITY) === undefined
    ? draft
    : out(
        'EmailConfiguration',
        'E-mail delivery: its SES identity belongs to the other account or region.',
      )(draft)

const SES_IDENTITY = 'EmailConfiguration.SourceArn'

/** They are refused before the second factor is set up, which is a second step. */
const factorsOut: Step = (draft) => {
  const { request, left } = draft
  const factors = valueAt(request, FACTORS)
  return Array.isArray(factors) && factors.some((one) => one !== 'PASSWORD')
    ? {
        request: withValue(request, FACTORS, ['PASSWORD']),
        left: [
          ...left,
          'First sign-in factors beyond the password: choose them afterwards with update-pool.',
        ],
      }
    : draft
}

const FACTORS = 'Policies.SignInPolicy.AllowedFirstAuthFactors'

/** Second factors that need a delivery which the new pool may lack. */
const DELIVERED = [
  ['SmsMfaConfiguration', 'SmsConfiguration', 'SMS as a second factor: its role'],
  ['EmailMfaConfiguration', 'EmailConfiguration', 'E-mail as a second factor: its SES identity'],
] as const

/** CreateUserPool takes SMS as a second factor only: it is created without, and turned on in a second step. */
function mfaAfter({ settings, mfa }: PoolSnapshot, request: JsonObject) {
  const lost = DELIVERED.filter(
    ([factor, delivery]) =>
      mfa[factor] !== undefined && settings[delivery] !== undefined && !(delivery in request),
  )
  const config = without(mfa, ['WebAuthnConfiguration', ...lost.map(([factor]) => factor)])
  const passkeys = mfa['WebAuthnConfiguration'] === undefined ? [] : [PASSKEYS]
  const left = [
    ...passkeys,
    ...lost.map(([, , what]) => `${what} belongs to the other account or region.`),
  ]
  if (hasFactor(config)) return { config, left }
  const isOff = (mfa['MfaConfiguration'] ?? 'OFF') === 'OFF'
  return { config: undefined, left: isOff ? left : [...left, NO_FACTOR] }
}

const PASSKEYS = 'Passkeys: their domain belongs to the other pool.'
const NO_FACTOR = 'The second factor: none is left, so the new pool asks for none.'

function hasFactor(mfa: JsonObject): boolean {
  const app = mfa['SoftwareTokenMfaConfiguration']
  return (
    mfa['SmsMfaConfiguration'] !== undefined ||
    mfa['EmailMfaConfiguration'] !== undefined ||
    (isObject(app) && app['Enabled'] === true)
  )
}
