import type { Pool } from './pool.ts'
import type { SchemaAttribute } from './pool-settings.ts'
import { invalidParameter } from './service-error.ts'
import type { ServiceError } from './service-error.ts'
import { contacts } from './user.ts'

type Given = readonly { readonly Name: string; readonly Value?: string }[]

/** Name to value, once every name is known and every value fits; a blank value means: delete. */
export function readAttributes(pool: Pool, given: Given): Map<string, string> {
  const read = new Map<string, string>()
  for (const { Name, Value = '' } of given) {
    if (read.has(Name)) throw invalidParameter(`Duplicate attribute: ${Name}`)
    if (Name === 'sub' || Name === 'identities') throw immutable(Name)
    const schema = schemaOf(pool, Name)
    if (!schema) throw nonConforming(Name, 'Attribute does not exist in the schema.')
    if (Value !== '') checkValue(schema, Value)
    read.set(Name, Value)
  }
  return read
}

export const schemaOf = (pool: Pool, name: string): SchemaAttribute | undefined =>
  pool.settings.SchemaAttributes?.find((attribute) => attribute.Name === name)

export const immutable = (name: string): ServiceError =>
  invalidParameter(`Cannot modify the non-mutable attribute ${name}`)

const nonConforming = (name: string, fault: string): ServiceError =>
  invalidParameter(`Attributes did not conform to the schema: ${name}: ${fault}`)

const formats: Partial<Record<string, { readonly regex: RegExp; readonly fault: string }>> = {
  email: { regex: /^[^\s@"\\]+@[^\s@"\\]+\.[^\s@"\\]+$/u, fault: 'Invalid email address format.' },
  phone_number: { regex: /^\+[1-9]\d{1,14}$/u, fault: 'Invalid phone number format.' },
}

function checkValue(schema: SchemaAttribute, value: string): void {
  const format = formats[schema.Name]
  if (format && !format.regex.test(value)) throw invalidParameter(format.fault)
  if (schema.AttributeDataType === 'Boolean' && value !== 'true' && value !== 'false')
    throw nonConforming(schema.Name, 'Value should be true or false.')
  if (schema.AttributeDataType === 'Number') checkNumber(schema, value)
  const { MinLength = '0', MaxLength = '2048' } = schema.StringAttributeConstraints ?? {}
  if (schema.AttributeDataType !== 'String') return
  if (value.length < Number(MinLength) || value.length > Number(MaxLength))
    throw nonConforming(schema.Name, `Length should be between ${MinLength} and ${MaxLength}.`)
}

function checkNumber({ Name, NumberAttributeConstraints = {} }: SchemaAttribute, value: string) {
  const { MinValue = '-Infinity', MaxValue = 'Infinity' } = NumberAttributeConstraints
  if (!/^-?\d+(?:\.\d+)?$/u.test(value)) throw nonConforming(Name, 'Value should be a number.')
  if (Number(value) < Number(MinValue) || Number(value) > Number(MaxValue))
    throw nonConforming(Name, `Value should be between ${MinValue} and ${MaxValue}.`)
}

export function checkRequired(pool: Pool, attributes: ReadonlyMap<string, string>): void {
  for (const { Name, Required } of pool.settings.SchemaAttributes ?? [])
    if (Required && Name !== 'sub' && !attributes.get(Name))
      throw nonConforming(Name, 'The attribute is required')
  const { UsernameAttributes: names = [] } = pool.settings
  // Without one of them nobody could sign in as this user any more.
  if (names.length > 0 && !names.some((name) => attributes.get(name)))
    throw nonConforming(names.join(' or '), 'The attribute is required')
}

export function checkVerifiedFlags(attributes: ReadonlyMap<string, string>): void {
  for (const contact of contacts)
    if (attributes.get(`${contact}_verified`) === 'true' && !attributes.get(contact))
      throw invalidParameter(`${contact}_verified cannot be true without ${contact}.`)
}
