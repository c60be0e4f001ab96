import { describe, expect, it } from 'vitest'
import { rehearse } from '../../src/core/rehearsal.ts'
import { operations } from '../../src/operations/index.ts'
import { member } from '../fakes/people.ts'

const standing = (id: string, ...groups: readonly string[]) => ({
  person: member(id),
  groups,
  readAt: 0,
})

const pooled = operations.filter((operation) => operation.pooled)

function listen() {
  const asked: string[] = []
  let turns = 0
  return {
    asked,
    turns: () => turns,
    rights: {
      offers(who: { readonly groups: readonly string[] }, { name }: { readonly name: string }) {
        asked.push(`${who.groups.toSorted().join('+')} ${name}`)
        return true
      },
    },
    breathe: async () => void turns++,
  }
}

describe('a rehearsal', () => {
  it('asks about each combination of groups once, and every operation in a turn of its own', async () => {
    const heard = listen()
    const members = [
      standing('U1', 'support'),
      standing('U2', 'support', 'leads'),
      standing('U3', 'leads', 'support'),
      standing('U4'),
    ]
    await rehearse({ ...heard, members, operations, isOver: () => false })
    expect(heard.asked).toEqual(
      ['support', 'leads+support', ''].flatMap((groups) =>
        pooled.map(({ name }) => `${groups} ${name}`),
      ),
    )
    expect(heard.turns()).toBe(3 * operations.length)
  })

  it('ends when the process does', async () => {
    const heard = listen()
    const isOver = () => heard.asked.length === 2
    await rehearse({ ...heard, members: [standing('U1')], operations, isOver })
    expect(heard.asked).toHaveLength(2)
  })

  it('is no longer than it need be, however many combinations there are', async () => {
    const heard = listen()
    const members = Array.from({ length: 200 }, (_, nth) => standing(`U${nth}`, `group-${nth}`))
    await rehearse({ ...heard, members, operations, isOver: () => false })
    expect(heard.asked).toHaveLength(50 * pooled.length)
  })
})
