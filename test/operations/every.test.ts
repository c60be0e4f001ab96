import { describe, expect, it } from 'vitest'
import { fieldsOf } from '../../src/core/field.ts'
import type { Widget } from '../../src/core/field.ts'
import type { Operation, Values } from '../../src/core/operation.ts'
import { operations } from '../../src/operations/index.ts'
import { readCommand } from '../../src/slack/command-text.ts'
import { formView } from '../../src/slack/form.ts'
import { validateBlockKit } from '../../playground/slack/block-kit/validate.ts'

const LONGEST: Readonly<Record<string, string>> = {
  pool: `eu-west-1_${'A'.repeat(45)}`,
  user: 'u'.repeat(75),
}

/** The longest value that a form can hold in this field. */
function longestOf(field: string, widget: Widget): unknown {
  if (LONGEST[field] !== undefined) return LONGEST[field]
  switch (widget.as) {
    case 'text':
      return 'x'.repeat(widget.maxLength)
    case 'pick':
      return 'x'.repeat(75)
    case 'number':
      return widget.most
    case 'switch':
      return true
    case 'choices':
      return widget.choices.map(({ value }) => value)
    case 'pool':
      return LONGEST['pool']
    case 'choice':
    case 'user':
    case 'carried':
    case 'kept':
      return undefined
  }
}

/** Nothing at all, everything at its longest, and that with each choice that the form may have. */
function valuesToTry(operation: Operation): readonly (readonly [string, Values])[] {
  const fields = [...fieldsOf(operation.input)]
  const long = Object.fromEntries(
    fields.map(([field, { widget }]) => [field, longestOf(field, widget)]),
  )
  const chosen = fields.flatMap(([field, { widget }]) =>
    widget.as === 'choice'
      ? widget.choices.map(
          ({ value }) => [`${field} ${value}`, { ...long, [field]: value }] as const,
        )
      : [],
  )
  return [['empty', {}], ['the longest values', long], ...chosen]
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

    it.each(valuesToTry(operation))('has a form that Slack accepts: %s', (_what, values) => {
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
    })

    it('shows fields that it has, and all that it requires', () => {
      const fields = fieldsOf(operation.input)
      for (const [, values] of valuesToTry(operation)) {
        const shown = operation.shows(values)
        for (const field of shown) expect([...fields.keys()], field).toContain(field)
        const asked = [...fields].filter(([, { required }]) => required).map(([field]) => field)
        for (const field of asked) expect(shown).toContain(field)
      }
    })
  },
)

it('gives every operation a name of its own', () => {
  const names = operations.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})
