import type { Policy } from '../../src/core/ports.ts'
import type { Question, Verdict } from '../../src/core/verdict.ts'

export const run: Verdict = { kind: 'run', policies: ['allows'], sentence: 'You may.' }

export const refuse: Verdict = { kind: 'refuse', policies: ['forbids'], sentence: 'You may not.' }

export const ask = (approvals: number): Verdict => ({
  kind: 'ask',
  approvals,
  policies: ['asks'],
  sentence: `You may with ${approvals} approvals.`,
})

/** A policy that is one function, and remembers what it was asked. */
export class FakePolicy implements Pick<Policy, 'version' | 'readsPoolIdentity' | 'decide'> {
  readonly version = 'policy-1'
  readonly readsPoolIdentity: boolean
  readonly questions: Question[] = []
  readonly #rule: (question: Question) => Verdict

  constructor(rule: (question: Question) => Verdict, readsPoolIdentity = false) {
    this.#rule = rule
    this.readsPoolIdentity = readsPoolIdentity
  }

  decide(question: Question): Verdict {
    this.questions.push(question)
    return this.#rule(question)
  }
}
