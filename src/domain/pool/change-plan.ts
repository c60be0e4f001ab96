import { digestOf } from '../../core/canonical.ts'
import type { JsonObject } from '../../core/canonical.ts'
import type { PoolSnapshot, SettingChange } from '../../core/directory.ts'
import type { Fact, Outcome, Plan, Resolution } from '../../core/operation.ts'
import { sameSettings, settingsDigest } from './canonical.ts'
import { expectedAfter, isProven, proof, updateRequest } from './change.ts'
import { consequencesOf } from './consequences.ts'
import { differences } from './difference.ts'
import type { Difference } from './difference.ts'
import { differenceFact, labelOf } from './words.ts'
import { plainText, valueAt } from './paths.ts'
import { LEGACY_VALIDITY, VALIDITY } from './round-trip.ts'

/** What a change of settings would do, for a person to read. Throws the refusals of `updateRequest`. */
export function changePlan(before: PoolSnapshot, changes: readonly SettingChange[]): Plan {
  updateRequest(before, changes)
  const { pool, settings } = before
  const changed = differences(before, expectedAfter(before, changes))
  return {
    pool,
    target: { name: pool.name, id: pool.id, label: pool.name, emails: [] },
    facts: [
      ...changed.map(differenceFact),
      ...movedFacts(settings),
      {
        term: 'Everything else',
        text: 'Stays as it is. It is sent along, and compared afterwards.',
      },
    ],
    warnings: consequencesOf(changed),
    secret: false,
    basis: digestOf([settingsDigest(before), settings['LastModifiedDate'] ?? null]),
    image: before,
  }
}

/** The legacy validity cannot be sent, so the days move to the policy with any change: one way. */
function movedFacts(settings: JsonObject): readonly Fact[] {
  const legacy = valueAt(settings, LEGACY_VALIDITY)
  if (typeof legacy !== 'number' || legacy === 0 || valueAt(settings, VALIDITY)) return []
  return [
    {
      term: 'Moves along',
      text: `UnusedAccountValidityDays (${legacy}) is out of use: its days move to the password policy, which cannot be taken back.`,
    },
  ]
}

/** What came of it, by a reading taken afterwards. */
export function changeOutcome(
  before: PoolSnapshot,
  changes: readonly SettingChange[],
  after: PoolSnapshot,
): Outcome {
  const shown = proof(before, changes, after)
  const { pool } = after
  const links = [
    { label: 'Show pool', operation: 'show-pool', values: { pool: pool.id } },
    { label: 'Undo', operation: 'restore-pool', values: { pool: pool.id } },
  ]
  const facts = shown.changed.map(differenceFact)
  if (isProven(shown))
    return {
      sentence: `Changed in ${pool.name}: ${namesOf(shown.changed)}. Nothing else changed.`,
      facts: [
        ...facts,
        {
          term: 'Proof',
          text: `Read back from Cognito and compared: ${shown.compared} settings, and only what was asked for is different.`,
        },
      ],
      image: after,
      links,
    }
  return {
    sentence: `Cognito took the change of ${pool.name}, and the pool is not as it should be.`,
    alarm: alarmOf(shown.unexpected, shown.missing),
    facts: [...facts, ...shown.unexpected.map(differenceFact)],
    image: after,
    links,
  }
}

function alarmOf(unexpected: readonly Difference[], missing: readonly Difference[]): string {
  const other =
    unexpected.length > 0 ? `Also different, and not asked for: ${namesOf(unexpected)}. ` : ''
  const absent = missing.length > 0 ? `Not as asked for: ${namesOf(missing)}. ` : ''
  return `${other}${absent}Look at the pool now; Undo takes back what was asked for.`
}

const namesOf = (changed: readonly Difference[]) =>
  changed.map(({ path }) => labelOf(path)).join(', ')

/** What a reading tells of a change whose answer was lost. */
export function changeResolution(
  before: PoolSnapshot | undefined,
  changes: readonly SettingChange[],
  now: PoolSnapshot,
): Resolution {
  if (!before) return 'unknown'
  if (sameSettings(before, now)) return 'not-applied'
  return isProven(proof(before, changes, now)) ? 'applied' : 'unknown'
}

/** What has moved in a pool since it was looked at. */
export function driftFacts(then: PoolSnapshot, now: PoolSnapshot): readonly Fact[] {
  const moved = differences(then, now).map((difference) => {
    const { term, text } = differenceFact(difference)
    return { term: `Changed meanwhile: ${term}`, text }
  })
  const [was, is] = [then, now].map(({ settings }) => plainText(settings['LastModifiedDate']))
  return moved.length > 0 || was === is
    ? moved
    : [{ term: 'Changed meanwhile', text: `The pool was last changed at ${was}, then at ${is}.` }]
}

/** A change as a line of a list. */
export function changeTitle(before: PoolSnapshot, after: PoolSnapshot): string {
  const [first, ...others] = differences(before, after).map(differenceFact)
  if (!first) return 'No difference'
  const more = others.length > 0 ? ` and ${others.length} more` : ''
  return `${first.term}: ${first.text}${more}`
}
