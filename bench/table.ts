import type { Judged } from './verdict.ts'

const HEAD = ['figure', 'floor', 'product', 'ratio', 'spread', 'goal', 'verdict'] as const

/** Columns of equal width, for a terminal. */
export function textTable(judged: readonly Judged[]): string {
  const rows = [HEAD, ...judged.map(cellsOf)]
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
  return rows
    .map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0, column)).join('  '))
    .map((line) => line.trimEnd())
    .join('\n')
}

export function markdownTable(judged: readonly Judged[]): string {
  const rule = HEAD.map((_, column) => (isNumber(column) ? '---:' : '---'))
  return [HEAD, rule, ...judged.map(cellsOf)].map((row) => `| ${row.join(' | ')} |`).join('\n')
}

function cellsOf({ name, unit, floor, product, ratio, spread, goal, verdict }: Judged) {
  return [
    name,
    floor === undefined ? '' : `${rounded(floor)} ${unit}`,
    `${rounded(product)} ${unit}`,
    ratio === undefined ? '' : `${ratio.toFixed(2)}x`,
    `${Math.round(spread * 100)} %`,
    goal,
    verdict,
  ]
}

/** Three digits are more than the machine gives. */
function rounded(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en', { maximumFractionDigits: 3 })
}

const isNumber = (column: number) => column >= 1 && column <= 4

function pad(cell: string, width: number, column: number): string {
  return isNumber(column) ? cell.padStart(width) : cell.padEnd(width)
}
