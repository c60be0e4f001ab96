import { loadPolicy } from '../policy/load.ts'
import type { Command } from './command.ts'
import { policySourceOf } from './policy-source.ts'

export const policyCheck: Command = {
  name: 'policy check',
  takes: '',
  most: 0,
  summary: 'Check lifeguard.yml and the policy: names, types, @ids, and that votes only ever help.',
  run(_args, io) {
    const source = policySourceOf(io)
    const { rules, remarks, version } = loadPolicy(source)
    remarks.forEach(({ where, sentence }) => io.print(`${where}: Note: ${sentence}`))
    io.print(`${source.path} is valid (version ${version.slice(0, 12)}). Its policies:`)
    rules.forEach(({ effect, id }) => io.print(`  ${effect} ${id}`))
    return 0
  },
}
