import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Faults } from '../core/faults.ts'
import type { Question, Verdict } from '../core/verdict.ts'
import { loadPolicy } from '../policy/load.ts'
import type { Command } from './command.ts'
import { expectationsIn } from './expectations.ts'
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
    const failed = expectations.filter(({ where, question, expect }) => {
      const verdict = policy.decide(question)
      const actual = answerOf(verdict)
      const holds = actual === expect
      io.print(
        holds
          ? `ok    ${where}  ${asked(question)}: ${actual}`
          : `FAIL  ${where}  ${asked(question)}: expected ${expect}, but it is ${actual}`,
      )
      io.print(`      ${verdict.sentence}`)
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

function answerOf(verdict: Verdict): 'run' | 'refuse' | number {
  return verdict.kind === 'ask' ? verdict.approvals : verdict.kind
}

/** `support asks for reset-password (email-code) in dev` */
function asked({ groups, operation, attributes, pool }: Question): string {
  const how = Object.values(attributes).join(', ')
  return `${groups.join(' + ') || 'nobody in a group'}: ${operation}${how ? ` (${how})` : ''} in ${pool.environment}`
}
