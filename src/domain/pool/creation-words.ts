import type { Json, JsonObject } from '../../core/canonical.ts'
import type { Fact } from '../../core/operation.ts'
import { attributeWords } from './attributes.ts'
import type { CloneBase } from './clone.ts'
import { REQUEST_TAG } from './create.ts'
import type { Creation } from './create.ts'
import { differences } from './difference.ts'
import { isObject, leavesOf, plainText, valueAt, without } from './paths.ts'
import { differenceFact, labelOf, valueWords } from './words.ts'

/** The new pool in words: every setting that is sent. */
export function creationFacts({ request, mfa }: Creation): readonly Fact[] {
  const rows = [...leavesOf({ ...request, Schema: undefined, PoolName: undefined })].map(
    ([path, value]): Fact => ({ term: labelOf(path), text: valueWords(path, value) }),
  )
  const schema = Array.isArray(request['Schema']) ? request['Schema'].filter(isObject) : []
  return [
    ...rows.filter(({ text }) => text !== 'none'),
    ...schema.map((row): Fact => ({
      term: `Attribute ${plainText(row['Name'])}`,
      text: attributeWords(row),
    })),
    ...(mfa ? [{ term: 'Second factor, in a second step', text: mfaWords(mfa) }] : []),
  ]
}

/** What the form and the text make different from the pool that is cloned. */
export function cloneFacts(
  source: string,
  base: CloneBase,
  { request }: Creation,
): readonly Fact[] {
  const tags = isObject(request['UserPoolTags']) ? request['UserPoolTags'] : {}
  const own = { ...without(request, ['PoolName']), UserPoolTags: without(tags, [REQUEST_TAG]) }
  const changed = differences({ settings: base.request, mfa: {} }, { settings: own, mfa: {} })
  return changed.length === 0
    ? [{ term: `Different from ${source}`, text: 'The name, and what is not cloned.' }]
    : changed.map(differenceFact).map(({ term, text }) => ({
        term: `Different from ${source}: ${term}`,
        text,
      }))
}

function mfaWords(mfa: JsonObject): string {
  const factors = Object.keys(mfa).filter((name) => name !== 'MfaConfiguration')
  const names: Readonly<Record<string, string>> = {
    SoftwareTokenMfaConfiguration: 'authenticator apps',
    SmsMfaConfiguration: 'SMS',
    EmailMfaConfiguration: 'e-mail',
  }
  const set = valueWords('MfaConfiguration', mfa['MfaConfiguration'] ?? 'OFF')
  return `${set}, with ${factors.map((name) => names[name] ?? name).join(', ')}`
}

/** What the new pool has differently from what was asked for: Cognito may add, and must not change. */
export function creationDifferences(request: JsonObject, settings: JsonObject): readonly Fact[] {
  const asked = [
    ...leavesOf({
      ...request,
      Schema: undefined,
      PoolName: undefined,
      MfaConfiguration: undefined,
    }),
  ]
  return asked.flatMap(([path, value]) => {
    const is = valueAt(settings, path)
    return same(value, is)
      ? []
      : [
          {
            term: labelOf(path),
            text: `${valueWords(path, value)} asked for, ${valueWords(path, is)} found`,
          },
        ]
  })
}

const unordered = (value: Json | undefined) =>
  JSON.stringify(Array.isArray(value) ? value.map((one) => JSON.stringify(one)).toSorted() : value)

function same(asked: Json, found: Json | undefined): boolean {
  if (isObject(asked) && isObject(found))
    return Object.entries(asked).every(([key, value]) => unordered(value) === unordered(found[key]))
  if (isObject(asked) || (Array.isArray(asked) && asked.length === 0))
    return found === undefined || unordered(asked) === unordered(found)
  return unordered(asked) === unordered(found)
}
