import { z } from 'zod'
import { pool } from '../../core/field.ts'
import { query } from '../../core/operation.ts'
import { comparison } from '../../domain/pool/compare.ts'

export const comparePools = query({
  name: 'compare-pools',
  title: 'Compare two pools',
  summary: 'Show only what differs between two user pools, in words.',
  input: z.object({ pool: pool(), other_pool: pool('Other user pool') }),
  words: ['pool', 'other_pool'],
  examples: [
    {
      typed: 'compare-pools customers staging-customers',
      means: { pool: 'customers', other_pool: 'staging-customers' },
    },
  ],
  async answer({ pool: id, other_pool: other }, look) {
    const [one, two] = await Promise.all([look.described(id), look.described(other)])
    const { facts, warnings } = comparison(one, two)
    const names = `${look.poolName(id)} → ${look.poolName(other)}`
    return {
      heading: 'Compare two pools',
      warnings,
      facts,
      note:
        facts.length === 0
          ? `${names}: their settings are the same.`
          : `${names}. Name, id, dates and numbers of users are left out.`,
      links: [
        { label: look.poolName(id), operation: 'show-pool', values: { pool: id } },
        { label: look.poolName(other), operation: 'show-pool', values: { pool: other } },
      ],
    }
  },
})
