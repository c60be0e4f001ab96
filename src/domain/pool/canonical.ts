import type { Json, JsonObject } from '../../core/canonical.ts'
import { canonical, digestOf } from '../../core/canonical.ts'
import type { PoolSnapshot } from '../../core/directory.ts'
import { waysIn } from './kinds.ts'
import { isObject, valueAt, without, withValue } from './paths.ts'
import { EXCEPTIONS, modern, VALIDITY } from './round-trip.ts'

/** What is compared of a pool: its settings in one form, and what only its MFA configuration tells. */
export interface Comparable {
  readonly settings: JsonObject
  readonly mfa: JsonObject
}

/** Members that tell a pool's identity or its state, not how it is set up. Create-only ones are compared. */
const NOT_COMPARED = Object.entries(EXCEPTIONS)
  .filter(([, reason]) => reason.startsWith('read-only') || reason.includes('of its own'))
  .map(([member]) => member)

/** Empty means the same as absent. */
const EMPTY_IS_ABSENT = new Set(['LambdaConfig', 'UserPoolTags', 'UserAttributeUpdateSettings'])

export function comparable({ settings, mfa }: Pick<PoolSnapshot, 'settings' | 'mfa'>): Comparable {
  const written = without(modern(settings), [...NOT_COMPARED, 'Id'])
  return { settings: sorted(counted(written)), mfa: sorted(unmirrored(settings, mfa)) }
}

/** What Cognito counts where nothing is set. */
function counted(settings: JsonObject): JsonObject {
  const days = valueAt(settings, VALIDITY)
  const registration = valueAt(settings, REGISTRATION) ?? 'Disabled'
  const form = withValue(settings, VALIDITY, typeof days === 'number' && days > 0 ? days : 7)
  return FILLED_IN.reduce(
    (filled, [parent, member, value]) =>
      isObject(settings[parent]) && valueAt(filled, `${parent}.${member}`) === undefined
        ? withValue(filled, `${parent}.${member}`, value)
        : filled,
    withValue(form, REGISTRATION, registration),
  )
}

const REGISTRATION = 'DcrConfiguration.EnableStatus'

/** What Cognito fills in as soon as the structure is there at all: a change of one member brings these along. */
const FILLED_IN: readonly (readonly [parent: string, member: string, value: Json])[] = [
  ['DeviceConfiguration', 'ChallengeRequiredOnNewDevice', false],
  ['DeviceConfiguration', 'DeviceOnlyRememberedOnUserPrompt', false],
  ['DcrConfiguration', 'OpenDcrEnabled', false],
]

/** The MFA configuration repeats what DescribeUserPool tells; only where the two disagree both count. */
function unmirrored(settings: JsonObject, mfa: JsonObject): JsonObject {
  const sms = mfa['SmsMfaConfiguration']
  const own = without(mfa, ['MfaConfiguration', 'SmsMfaConfiguration'])
  if (!isObject(sms)) return own
  const rest = Object.entries(sms).filter(
    ([name, value]) => canonical(value) !== canonical(settings[name]),
  )
  return rest.length === 0 ? own : { ...own, SmsMfaConfiguration: Object.fromEntries(rest) }
}

/** Lists whose order means nothing are sorted; members that are empty anyway are left out. */
function sorted(node: JsonObject): JsonObject {
  const entries = Object.entries(node).flatMap(([name, value]) => {
    if (value === undefined || value === null) return []
    if (isEmpty(name, value)) return []
    return [[name, isObject(value) ? sorted(value) : listed(name, value)] as const]
  })
  return Object.fromEntries(entries)
}

function isEmpty(name: string, value: Json): boolean {
  if (isObject(value)) return EMPTY_IS_ABSENT.has(name) && allEmpty(value)
  return Array.isArray(value) && value.length === 0
}

function allEmpty(node: JsonObject): boolean {
  return Object.values(node).every(
    (value) => value === undefined || (Array.isArray(value) && value.length === 0),
  )
}

function listed(name: string, value: Json): Json {
  if (name === 'RecoveryMechanisms')
    return waysIn(value).map((way, index) => ({ Name: way, Priority: index + 1 }))
  if (!Array.isArray(value)) return value
  const rows = (value as readonly Json[]).map((row) => ({ row, key: canonical(row) }))
  return rows.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ row }) => row)
}

/** Whether two readings show the same set-up. */
export function sameSettings(one: PoolSnapshot, other: PoolSnapshot): boolean {
  return settingsDigest(one) === settingsDigest(other)
}

/** Names one state of a pool's settings: 64 hexadecimal digits. */
export function settingsDigest(snapshot: Pick<PoolSnapshot, 'settings' | 'mfa'>): string {
  return digestOf(comparable(snapshot))
}
