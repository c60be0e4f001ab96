import type { Inline } from './blocks.ts'
import { who } from './blocks.ts'
import type { PeopleGroup } from './people.ts'
import { cleanLine } from './text.ts'

/** People who are not in a Slack user group are mentioned one by one: no more of them than this. */
const MOST_PEOPLE = 5

/**
 * These groups as mentions, which notify their members in a new message: a Slack user group as
 * itself, listed people one by one. A group that the configuration does not know is only named.
 */
export function mentionsOf(
  names: readonly string[],
  groups: readonly PeopleGroup[],
  except?: string,
): readonly Inline[] {
  const known = groups.filter(({ name }) => names.includes(name))
  const inSlack = [...new Set(known.flatMap(({ usergroup }) => usergroup ?? []))]
  const listed = [...new Set(known.flatMap(({ users }) => users ?? []))].filter(
    (id) => id !== except,
  )
  const unknown = names.filter((name) => !known.some((group) => group.name === name))
  return [
    ...inSlack.map((id): Inline => ({ type: 'usergroup', usergroup_id: id })),
    ...listed.slice(0, MOST_PEOPLE).map(who),
    ...(listed.length > MOST_PEOPLE ? [word(`${listed.length - MOST_PEOPLE} more`)] : []),
    ...unknown.map((name) => word(cleanLine(name, 64) || '?')),
  ]
}

const word = (text: string): Inline => ({ type: 'text', text })

/** `a, b, c` as parts of a sentence. */
export function listed(elements: readonly Inline[]): readonly (string | Inline)[] {
  return elements.flatMap((element, index) => (index === 0 ? [element] : [', ', element]))
}
