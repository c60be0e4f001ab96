import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { withFigures } from '../../bench/page.ts'
import { markdownTable, textTable } from '../../bench/table.ts'
import type { Judged } from '../../bench/verdict.ts'

const judged: readonly Judged[] = [
  {
    name: 'ack-slash',
    unit: 'µs',
    floor: 435.123,
    product: 217.6,
    ratio: 0.5,
    spread: 0.081,
    goal: '≤ 0.6x',
    verdict: 'met',
  },
  { name: 'calls', unit: 'calls', product: 2, spread: 0, goal: '= 2', verdict: 'met' },
]

describe('the table of figures', () => {
  it('lines its columns up for a terminal', () => {
    expect(textTable(judged)).toBe(
      [
        'figure      floor  product  ratio  spread  goal    verdict',
        'ack-slash  435 µs   218 µs  0.50x     8 %  ≤ 0.6x  met',
        'calls              2 calls            0 %  = 2     met',
      ].join('\n'),
    )
  })

  it('has a row for each figure on the page', () => {
    expect(markdownTable(judged).split('\n')).toEqual([
      '| figure | floor | product | ratio | spread | goal | verdict |',
      '| --- | ---: | ---: | ---: | ---: | --- | --- |',
      '| ack-slash | 435 µs | 218 µs | 0.50x | 8 % | ≤ 0.6x | met |',
      '| calls |  | 2 calls |  | 0 % | = 2 | met |',
    ])
  })
})

describe('the page of figures', () => {
  const page = readFileSync('docs/benchmarks.md', 'utf8')

  it('has the marks between which the figures go', () => {
    const written = withFigures(page, 'new figures\n')
    expect(written).toContain('<!-- figures -->\nnew figures\n<!-- /figures -->')
  })

  it('keeps its words when the figures change, and the same figures change nothing', () => {
    const once = withFigures(page, 'figures cost $1 and $& each\n')
    expect(once.startsWith(page.slice(0, page.indexOf('<!-- figures -->')))).toBe(true)
    expect(withFigures(once, 'figures cost $1 and $& each\n')).toBe(once)
  })

  it('is refused when the marks are gone', () => {
    expect(() => withFigures('# Benchmarks\n', 'figures')).toThrow('marks')
  })
})
