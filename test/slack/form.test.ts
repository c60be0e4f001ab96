import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { choice, pool, reason, toggle, user } from '../../src/core/field.ts'
import { mutation } from '../../src/core/operation.ts'
import { faultsOf, formView, readForm } from '../../src/slack/form.ts'
import type { SentForm } from '../../src/slack/form.ts'
import type { StateValues } from '../../src/slack/payloads.ts'
import type { FormModel } from '../../src/slack/form.ts'

const operation = mutation({
  name: 'try-out',
  title: 'Try it out',
  button: 'Try',
  summary: 'Only for this test.',
  risk: 'support',
  examples: [],
  input: z.object({
    pool: pool(),
    user: user(),
    how: choice('How', [
      { value: 'a', label: 'One way', description: 'The first' },
      { value: 'b', label: 'Another' },
    ]),
    also: toggle('Also', 'Do that too'),
    reason: reason(),
  }),
  plan: () => Promise.reject(new Error('not planned here')),
  apply: () => Promise.reject(new Error('not applied here')),
})

const model: FormModel = {
  operation,
  requestId: 'r1',
  values: {},
  notes: [],
  choicesOf: (_field, choices) => choices,
  poolLabel: (id) => `label of ${id}`,
}
const values = { pool: 'eu-west-1_a1', user: 'ada', how: 'b', also: true, reason: 'Ticket 7' }

const inputs = (view: ReturnType<typeof formView>) =>
  view.blocks.filter(({ type }) => type === 'input')
const picked = (value: string) => ({ type: 'x', selected_option: { value } })

const sent = (values: StateValues): SentForm => ({ private_metadata: 'r1', state: { values } })

describe('a form', () => {
  it('has one input per field, in order, each named for its field', () => {
    const view = formView(model)
    expect(view.callback_id).toBe('operation/try-out')
    expect(view.private_metadata).toBe('r1')
    expect(inputs(view).map((block) => block.block_id)).toEqual([
      'pool',
      'user',
      'how',
      'also',
      'reason',
    ])
    for (const block of inputs(view))
      expect(block).toHaveProperty('element.action_id', block.block_id)
  })

  it('shows the values that are known already', () => {
    const [poolInput, userInput, how, also, why] = inputs(formView({ ...model, values }))
    expect(poolInput).toHaveProperty('element.initial_option.value', 'eu-west-1_a1')
    expect(poolInput).toHaveProperty('element.initial_option.text.text', 'label of eu-west-1_a1')
    expect(userInput).toHaveProperty('element.initial_option.value', 'ada')
    expect(how).toHaveProperty('element.initial_option.value', 'b')
    expect(also).toHaveProperty('element.initial_options.length', 1)
    expect(why).toHaveProperty('element.initial_value', 'Ticket 7')
  })

  it('leaves out a known value that is no longer a choice', () => {
    const view = formView({
      ...model,
      values,
      choicesOf: (_field, [first]) => (first ? [first] : []),
    })
    expect(inputs(view)[2]).not.toHaveProperty('element.initial_option')
  })

  it('says what it knows of the user below the user, and what went wrong on top', () => {
    const { blocks } = formView({ ...model, trouble: 'Try again.', notes: ['Ada is active.'] })
    expect(blocks[0]).toMatchObject({ type: 'alert', text: { text: 'Try again.' } })
    const at = blocks.findIndex(({ block_id }) => block_id === 'user')
    expect(blocks[at + 1]).toMatchObject({
      type: 'section',
      text: { type: 'plain_text', text: 'Ada is active.' },
    })
  })

  it('reads back what a person gave, and leaves out what they did not', () => {
    const state = {
      pool: { pool: picked('eu-west-1_a1') },
      user: { user: picked('ada') },
      how: { how: picked('b') },
      also: { also: { type: 'checkboxes', selected_options: [{ value: 'on' }] } },
      reason: { reason: { type: 'plain_text_input', value: 'Ticket 7' } },
    }
    expect(readForm(operation, sent(state))).toEqual(values)
    expect(
      readForm(operation, sent({ reason: { reason: { type: 'plain_text_input', value: null } } })),
    ).toEqual({})
  })

  it('puts every fault under its own field, the first one each', () => {
    expect(faultsOf(operation, values)).toBeUndefined()
    expect(Object.keys(faultsOf(operation, {}) ?? {}).toSorted()).toEqual([
      'how',
      'pool',
      'reason',
      'user',
    ])
    expect(faultsOf(operation, { ...values, reason: '.' })).toEqual({
      reason: 'Say in a few words why this is needed.',
    })
  })
})
