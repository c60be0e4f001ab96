import type { Verdict } from '../core/verdict.ts'
import { loadPolicy } from '../policy/load.ts'
import { deadEnds, deadEndSentence, matrixOf, SAMPLE_PERSON, samplePool } from '../policy/matrix.ts'
import type { RightRow, Row, Section } from '../policy/matrix.ts'
import type { Command } from './command.ts'
import { policySourceOf } from './policy-source.ts'

const REFUSED = '-'
const ALLOWED = 'yes'

export const policyMatrix: Command = {
  name: 'policy matrix',
  takes: '',
  most: 0,
  summary: 'Print who may do what and where: keep the output and compare it after a change.',
  run(_args, io) {
    const source = policySourceOf(io)
    const policy = loadPolicy(source)
    const sections = matrixOf(policy, source)
    io.print(`run: at once    1, 2, ...: approvals needed    ${REFUSED}: refused`)
    io.print(`${ALLOWED}: may approve, or act alone by break-glass    after 1: once one vote is in`)
    if (policy.readsPoolIdentity) {
      const { name, account, region } = samplePool(source, '')
      io.print(
        `Some policies look at more than the environment: shown for a pool "${name}" in ${account}, ${region}.`,
      )
    }
    if (policy.rules.some(({ namesPeople }) => namesPeople))
      io.print(`Some policies name people: shown for somebody they do not name (${SAMPLE_PERSON}).`)
    sections
      .flatMap((section, index) => linesOf(section, sections.slice(0, index), source.environments))
      .forEach((line) => io.print(line))
    deadEnds(policy, source).forEach((environment) =>
      io.print(`\nNote: ${deadEndSentence(environment)}`),
    )
    return 0
  },
}

/** A table; or one line when an earlier table already says it. */
function linesOf(
  section: Section,
  earlier: readonly Section[],
  environments: readonly string[],
): readonly string[] {
  const title = titleOf(section)
  const cells = cellsOf(section)
  const twin = earlier.find((one) => cellsOf(one).join() === cells.join())
  if (twin) return ['', `${title}: the same as ${titleOf(twin)}`]
  const members = earlier.filter(
    ({ groups }) => groups.length === 1 && section.groups.includes(groups[0] ?? ''),
  )
  if (members.length > 1 && bestOf(members).join() === cells.join())
    return ['', `${title}: what each of them may do`]
  return ['', title, ...table(section, environments)]
}

function titleOf({ groups }: Section): string {
  return groups.length > 0 ? groups.join(' + ') : '(in no group)'
}

function cellsOf({ rows, rights }: Section): readonly string[] {
  return [
    ...rows.flatMap(({ verdicts }) => verdicts.map(cellOf)),
    ...rights.flatMap(({ after }) => after.map(rightCellOf)),
  ]
}

function cellOf(verdict: Verdict): string {
  if (verdict.kind === 'ask') return String(verdict.approvals)
  return verdict.kind === 'run' ? 'run' : REFUSED
}

function rightCellOf(after: number | undefined): string {
  if (after === undefined) return REFUSED
  return after === 0 ? ALLOWED : `after ${after}`
}

const BEST_FIRST = `run ${ALLOWED} 1 2 3 4 5`
  .split(' ')
  .concat([1, 2, 3, 4].map(rightCellOf), REFUSED)

/** Cell by cell, the fewest approvals that one of the sections needs. */
function bestOf(sections: readonly Section[]): readonly string[] {
  const all = sections.map(cellsOf)
  return (all[0] ?? []).map(
    (_, index) => BEST_FIRST.find((cell) => all.some((cells) => cells[index] === cell)) ?? REFUSED,
  )
}

function table({ rows, rights }: Section, environments: readonly string[]): readonly string[] {
  const lines = [
    ['', ...environments],
    ...rows.map((row) => [labelOf(row), ...row.verdicts.map(cellOf)]),
    ...Map.groupBy(rights, ({ right }) => right)
      .values()
      .flatMap(rightLines),
  ]
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  return lines.map((line) =>
    `  ${line.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  )
}

/** One line when it is the same for every operation, else one for each. */
function rightLines(rights: readonly RightRow[]): readonly (readonly string[])[] {
  const lines = rights.map(({ right, operation, after }) => [
    `${right} ${operation}`,
    ...after.map(rightCellOf),
  ])
  const alike = new Set(lines.map(([, ...cells]) => cells.join())).size === 1
  const [first] = rights
  return alike && first ? [[first.right, ...first.after.map(rightCellOf)]] : lines
}

function labelOf({ operation, attributes }: Row): string {
  return [operation, ...Object.entries(attributes).map((pair) => pair.join(' '))].join(', ')
}
