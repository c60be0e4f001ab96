import { z } from 'zod'
import type { Facts } from './operation.ts'

/**
 * The right to see e-mail addresses, phone numbers and names whole. It belongs to the class `read`,
 * so a policy takes it away with a `forbid`; whoever has it not sees them masked.
 */
export const SEE_PERSONAL_DATA: Facts = {
  name: 'see-personal-data',
  title: 'See personal data',
  summary: 'See e-mail addresses, phone numbers and names whole.',
  risk: 'read',
  input: z.object({}),
  examples: [],
  attributes: [],
  words: [],
  pooled: true,
  placed: true,
}
