import { loadPolicy } from '../../policy/load.ts'
import type { PolicySource } from '../../policy/check.ts'
import { deadEnds, deadEndSentence } from '../../policy/matrix.ts'
import type { Finding } from './finding.ts'
import { well } from './finding.ts'

/** Throws `PolicyFaults`. */
export function checkPolicy(source: PolicySource): readonly Finding[] {
  const policy = loadPolicy(source)
  const { rules, version, remarks } = policy
  const notes = [
    ...remarks.map(({ where, sentence }) => `${where}: ${sentence}`),
    ...deadEnds(policy, source).map(deadEndSentence),
  ]
  const says = `valid, ${rules.length} policies (version ${version.slice(0, 12)}).`
  return [well(source.path, says, notes)]
}
