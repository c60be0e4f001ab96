// Measures verdicts inside one process: remembered, new, and asked of Cedar directly.
import { randomInt } from 'node:crypto'
import { loadInventory } from '../../src/config.ts'
import type { Question } from '../../src/core/verdict.ts'
import { operations } from '../../src/operations/index.ts'
import { decideAfresh } from '../../src/policy/decide.ts'
import { loadPolicy } from '../../src/policy/load.ts'

const HITS = 200_000
const MISSES = 400
const { groups, environments, accounts, policy: written } = loadInventory(process.env)
const names = groups.map(({ name }) => name)
const policy = loadPolicy({ ...written, groups: names, environments, accounts, operations })

let person = 0

/** Always another person, so that nothing is remembered. */
function newQuestion(): Question {
  const environment = environments[randomInt(environments.length)] ?? ''
  const pool = { id: 'p', name: 'p', environment, account: 'main', region: 'eu-west-1' }
  const methods = ['email-code', 'temporary', 'permanent'] as const
  return {
    person: `U${(person += 1)}`,
    groups: names.filter(() => randomInt(2) === 1),
    operation: 'reset-password',
    pool,
    attributes: { method: methods[randomInt(methods.length)] ?? 'temporary' },
  }
}

/** Microseconds for each. */
function each(times: number, run: (time: number) => void): number {
  const startedAt = performance.now()
  for (let time = 0; time < times; time++) run(time)
  return ((performance.now() - startedAt) * 1000) / times
}

function measure(): object {
  const known = Array.from({ length: 100 }, newQuestion)
  const remembered = (time: number) =>
    void policy.decide(known[time % known.length] ?? newQuestion())
  each(HITS, remembered)
  const hit = each(HITS, remembered)
  let differing = 0
  let miss = 0
  let cedar = 0
  for (let time = 0; time < MISSES; time++) {
    const [first, second] = [newQuestion(), newQuestion()]
    miss += each(1, () => void policy.decide(first)) / MISSES
    cedar += each(1, () => void decideAfresh(policy.version, second)) / MISSES
    if (!agree(first)) differing += 1
  }
  return { hit, miss, cedar, differing }
}

function agree(question: Question): boolean {
  const afresh = decideAfresh(policy.version, question)
  return JSON.stringify(policy.decide(question)) === JSON.stringify(afresh)
}

process.on('message', () => process.send?.(measure()))
process.stdout.write('ready\n')
