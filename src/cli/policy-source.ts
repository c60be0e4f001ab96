import { loadInventory } from '../config.ts'
import type { PolicySource } from '../policy/check.ts'
import type { Io } from './command.ts'

/** What `policy` commands work on: lifeguard.yml, the policy and the operations. No credentials. */
export function policySourceOf({ env, operations }: Io): PolicySource {
  const { groups, environments, accounts, policy } = loadInventory(env)
  return { ...policy, groups: groups.map(({ name }) => name), environments, accounts, operations }
}
