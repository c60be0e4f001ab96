import { fieldsOf } from '../src/core/field.ts'
import type { Field } from '../src/core/field.ts'
import type { Operation } from '../src/core/operation.ts'

/** docs/operations.md, printed from the registry. */
export function operationsPage(operations: readonly Operation[]): string {
  return [
    '# Operations',
    'Printed from `src/operations/index.ts` by `npm run docs`: change it there.',
    ...operations.map(sectionOf),
    '',
  ].join('\n\n')
}

function sectionOf(operation: Operation): string {
  const { name, title, summary, risk, attributes, pooled, input, examples } = operation
  const fields = [...fieldsOf(input)]
    .filter(([, { widget }]) => widget.as !== 'carried' && widget.as !== 'kept')
    .map(([field, look]) => rowOf(field, look))
  return [
    `## ${name}`,
    `**${title}.** ${summary}`,
    [
      `- Class: \`${risk}\`${pooled ? '' : ', open to every member'}`,
      ...(pooled ? [`- Permission: \`Action::"${name}"\`, or its class`] : []),
      ...attributes.map((attribute) => `- The policy may read \`context.${attribute}\``),
    ].join('\n'),
    examples.map(({ typed }) => `    /cognito ${typed}`).join('\n'),
    ...(fields.length === 0
      ? []
      : [
          [
            '| field | label | how it is filled | required |',
            '| --- | --- | --- | --- |',
            ...fields,
          ].join('\n'),
        ]),
  ].join('\n\n')
}

function rowOf(name: string, field: Field & { readonly required: boolean }): string {
  return `| \`${name}\` | ${field.label} | ${wayOf(field.widget)} | ${field.required ? 'yes' : 'no'} |`
}

function wayOf(widget: Field['widget']): string {
  switch (widget.as) {
    case 'pool':
      return 'picked from the managed pools'
    case 'user':
      return 'picked from a search in the pool'
    case 'choice':
      return widget.choices.map(({ value, label }) => `\`${value}\` (${label})`).join(', ')
    case 'switch':
      return `ticked: ${widget.says}`
    case 'choices':
      return `any of ${widget.choices.map(({ label }) => label).join(', ')}`
    case 'pick':
      return 'picked from a list'
    case 'number':
      return `a whole number from ${widget.least} to ${widget.most}`
    case 'carried':
    case 'kept':
      return 'not in the form'
    case 'text':
      return `text, at most ${widget.maxLength} characters`
  }
}
