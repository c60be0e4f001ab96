import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Faults } from '../core/faults.ts'
import type { Policy } from '../core/ports.ts'
import type { Verdict } from '../core/verdict.ts'
import { loadPolicy } from '../policy/load.ts'
import type { Command } from './command.ts'
import { expectationsIn } from './expectations.ts'
import type { Expectation } from './expectations.ts'
import { policySourceOf } from './policy-source.ts'

export const policyTest: Command = {
  name: 'policy test',
  takes: '[file]',
  most: 1,
  summary: 'Compare the policy with what you expect of it (default: policy.tests.yml beside it).',
  run([given], io) {
    const source = policySourceOf(io)
    const policy = loadPolicy(source)
    const file = given ?? join(dirname(source.path), 'policy.tests.yml')
    const expectations = expectationsIn(file, textOf(file), source)
    const failed = expectations.filter((expectation) => {
      const { where, expect } = expectation
      const { actual, sentence } = answerTo(expectation, policy)
      const holds = actual === expect
      io.print(
        holds
          ? `ok    ${where}  ${asked(expectation)}: ${actual}`
          : `FAIL  ${where}  ${asked(expectation)}: expected ${expect}, but it is ${actual}`,
      )
      io.print(`      ${sentence}`)
      return !holds
    })
    io.print(`${expectations.length - failed.length} of ${expectations.length} as expected`)
    return failed.length === 0 ? 0 : 1
  },
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    const sentence = 'There is no such file that can be read. Start from policy.tests.example.yml.'
    throw new Faults([{ where: file, sentence }])
  }
}

interface Answer {
  readonly actual: Expectation['expect']
  readonly sentence: string
}

function answerTo(expectation: Expectation, policy: Policy): Answer {
  if (expectation.asks === 'run') {
    const verdict = policy.judge(expectation.question)
    return { actual: answerOf(verdict), sentence: verdict.sentence }
  }
  const { asks, question } = expectation
  const ruling = asks === 'approve' ? policy.mayApprove(question) : policy.mayBreakGlass(question)
  return { actual: ruling.allowed ? 'allow' : 'refuse', sentence: ruling.sentence }
}

function answerOf(verdict: Verdict): 'run' | 'refuse' | number {
  return verdict.kind === 'ask' ? verdict.approvals : verdict.kind
}

/** `support: reset-password (email-code) in dev`, `cognito-admins: approve reset-password in prod` */
function asked(expectation: Expectation): string {
  const { groups, operation, pool } = expectation.question
  return `${groups.join(' + ') || 'nobody in a group'}: ${whatOf(expectation, operation)} in ${pool.environment}`
}

function whatOf(expectation: Expectation, operation: string): string {
  if (expectation.asks !== 'run') return `${expectation.asks} ${operation}`
  const how = Object.values(expectation.question.attributes).join(', ')
  return how ? `${operation} (${how})` : operation
}
