import { describe, expect, it } from 'vitest'
import { readOptions } from '../../bench/options.ts'
import { rows } from '../../bench/rows/index.ts'

const known = ['ack-slash', 'cold-start']

describe('npm run bench', () => {
  it('runs every row in five rounds unless told otherwise', () => {
    const all = { rows: [], rounds: 5, quick: false, write: false }
    expect(readOptions([], known)).toEqual(all)
  })

  it('runs the rows that are named', () => {
    expect(readOptions(['cold-start', '--rounds', '9'], known)).toMatchObject({
      rows: ['cold-start'],
      rounds: 9,
    })
  })

  it('takes a quick look in two rounds', () => {
    expect(readOptions(['--quick'], known)).toMatchObject({ rounds: 2, quick: true })
  })

  it.each([
    [['no-such-row'], 'The rows are ack-slash, cold-start.'],
    [['--rounds', '4'], 'at least 5'],
    [['--rounds', 'many'], 'at least 5'],
    [['--quick', '--write'], 'not written down'],
    [['--no-such-flag'], 'npm run bench'],
  ])('says what is wrong with %j', (args, sentence) => {
    expect(readOptions(args, known)).toContain(sentence)
  })

  it('has rows with names of their own', () => {
    const names = rows.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
  })
})
