import type { Facts } from './operation.ts'
import type { Standing } from './person.ts'
import type { Rights } from './rights.ts'

/** More combinations of groups than this are asked about when they come. */
const MOST_COMBINATIONS = 50

interface Rehearsal {
  readonly members: readonly Standing[]
  readonly operations: readonly Facts[]
  readonly rights: Pick<Rights, 'offers'>
  /** Lets other work have a turn. */
  readonly breathe: () => Promise<void>
  readonly isOver: () => boolean
}

/**
 * Asks the policy what the known members may do, piece by piece: its verdicts are remembered for
 * people of the same groups, and the first of them need not wait for a hundred new ones.
 */
export async function rehearse(rehearsal: Rehearsal): Promise<void> {
  const { operations, rights, breathe, isOver } = rehearsal
  for (const standing of combinationsIn(rehearsal.members))
    for (const operation of operations) {
      if (isOver()) return
      if (operation.pooled) rights.offers(standing, operation, undefined, {})
      await breathe()
    }
}

/** One member of each combination of groups. */
function combinationsIn(members: readonly Standing[]): readonly Standing[] {
  const found = new Map(
    members.map((standing) => [standing.groups.toSorted().join('\n'), standing] as const),
  )
  return [...found.values()].slice(0, MOST_COMBINATIONS)
}
