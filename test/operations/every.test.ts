import { describe, expect, it } from 'vitest'
import { fieldsOf } from '../../src/core/field.ts'
import { operations } from '../../src/operations/index.ts'
import { readCommand } from '../../src/slack/command-text.ts'
import { formView } from '../../src/slack/form.ts'
import { validateBlockKit } from '../../playground/slack/block-kit/validate.ts'

const LONGEST: Readonly<Record<string, string>> = {
  pool: `eu-west-1_${'A'.repeat(45)}`,
  user: 'u'.repeat(75),
}

describe.each(operations.map((operation) => [operation.name, operation] as const))(
  '%s',
  (name, operation) => {
    it('has a name, title and summary that fit where they are shown', () => {
      expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/)
      expect(operation.title.length).toBeLessThanOrEqual(24)
      expect(operation.summary).toMatch(/^[A-Z].*\.$/)
    })

    it('has an example, and every example means what it says', () => {
      expect(operation.examples.length).toBeGreaterThan(0)
      for (const { typed, means } of operation.examples) {
        const { verb, words } = readCommand(typed)
        expect(verb).toBe(name)
        const filled = operation.words.flatMap((field, index) =>
          words[index] === undefined ? [] : [[field, words[index]]],
        )
        expect(Object.fromEntries(filled)).toEqual(means)
      }
    })

    it('declares as attributes only choices of its own', () => {
      const fields = fieldsOf(operation.input)
      for (const attribute of operation.attributes)
        expect(fields.get(attribute)?.widget.as, attribute).toBe('choice')
    })

    it('refuses an empty form with a sentence for each required field', () => {
      const required = [...fieldsOf(operation.input)].filter(([, field]) => field.required)
      const parsed = operation.input.safeParse({})
      expect(parsed.success).toBe(required.length === 0)
      for (const [field] of required) {
        const message = parsed.error?.issues.find(({ path }) => path[0] === field)?.message
        expect(message, field).toMatch(/^[A-Z].*\.$/)
      }
    })

    it('has a form that Slack accepts, empty and with the longest values', () => {
      const long = Object.fromEntries(
        [...fieldsOf(operation.input)].map(([field, { widget }]) => [
          field,
          LONGEST[field] ?? (widget.as === 'text' ? 'x'.repeat(widget.maxLength) : undefined),
        ]),
      )
      for (const values of [{}, long]) {
        const view = formView({
          operation,
          requestId: '0'.repeat(29),
          values,
          trouble: 'x'.repeat(500),
          notes: ['x'.repeat(4000)],
          choicesOf: (_field, choices) => choices,
          poolLabel: () => 'p'.repeat(200),
        })
        const hasInputs = fieldsOf(operation.input).size > 0
        if (hasInputs) expect(validateBlockKit({ view })).toEqual([])
      }
    })
  },
)

it('gives every operation a name of its own', () => {
  const names = operations.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})
