import { z } from 'zod'
import { query } from '../../core/operation.ts'

export const help = query({
  name: 'help',
  title: 'What you may do',
  summary: 'List what you may do here, with an example each.',
  input: z.object({}),
  examples: [{ typed: 'help', means: {} }],
  async answer(_input, look) {
    const permitted = look.permitted()
    const facts = permitted.map(({ name, summary, examples }) => ({
      term: `/cognito ${examples[0]?.typed ?? name}`,
      text: summary,
    }))
    const note = permitted.some(({ pooled }) => pooled)
      ? 'Leave words out and the form asks for them.'
      : 'You have no rights on a user pool yet. Ask a Cognito admin to add you to a group.'
    return { heading: 'What you may do', facts, note }
  },
})
