import type { Json, JsonObject } from '../../core/canonical.ts'
import type { PoolSnapshot } from '../../core/directory.ts'
import { isObject, plainText, valueAt } from '../pool/paths.ts'

/** An attribute of a pool's schema, by the API's name: `email`, `custom:plan`, `dev:custom:seats`. */
export interface Attribute {
  readonly name: string
  readonly type: string
  readonly required: boolean
  readonly mutable: boolean
  readonly developerOnly: boolean
  readonly least: number | undefined
  readonly most: number | undefined
}

export function schemaOf({ settings }: PoolSnapshot): readonly Attribute[] {
  const rows = settings['SchemaAttributes']
  return Array.isArray(rows) ? (rows as readonly Json[]).filter(isObject).map(attributeOf) : []
}

function attributeOf(row: JsonObject): Attribute {
  const bound = (path: string) => {
    const value = valueAt(row, path)
    return value === undefined ? undefined : Number(value)
  }
  return {
    name: plainText(row['Name']),
    type: plainText(row['AttributeDataType']),
    required: row['Required'] === true,
    mutable: row['Mutable'] !== false,
    developerOnly: row['DeveloperOnlyAttribute'] === true,
    least:
      bound('StringAttributeConstraints.MinLength') ?? bound('NumberAttributeConstraints.MinValue'),
    most:
      bound('StringAttributeConstraints.MaxLength') ?? bound('NumberAttributeConstraints.MaxValue'),
  }
}

/** Cognito writes these itself. */
const NOT_SET = new Set(['sub', 'identities', 'updated_at'])

export const isSettable = ({ name, developerOnly }: Attribute): boolean =>
  !NOT_SET.has(name) && !name.startsWith('cognito:') && !developerOnly

/** By its name, also without `custom:` where only one attribute can be meant. */
export function attributeNamed(schema: readonly Attribute[], name: string): Attribute | undefined {
  return (
    schema.find((one) => one.name === name) ?? schema.find((one) => one.name === `custom:${name}`)
  )
}

const MOST_VALUE = 2048
const EMAIL = /^[^\s@"\\]{1,64}@[^\s@"\\]{1,190}\.[^\s@"\\.]{1,63}$/
const PHONE = /^\+[1-9]\d{6,14}$/

/** What is wrong with the value, as a sentence that names the attribute; undefined when it fits. */
export function valueFault(attribute: Attribute, value: string): string | undefined {
  const { name, type, least, most } = attribute
  const says = (rule: string) => `${name} ${rule}`
  if (value.length > MOST_VALUE) return says(`has at most ${MOST_VALUE} characters.`)
  if (name === 'email' && !EMAIL.test(value)) return says('is an e-mail address.')
  if (name === 'phone_number' && !PHONE.test(value))
    return says('is a phone number with + and the country code, such as +353871234567.')
  if (type === 'Number') return numberFault(attribute, value)
  if (type === 'Boolean')
    return /^(?:true|false)$/.test(value) ? undefined : says('is true or false.')
  if (type === 'DateTime')
    return Number.isNaN(Date.parse(value)) ? says('is a date, such as 2026-11-30.') : undefined
  if (least !== undefined && value.length < least) return says(`has at least ${least} characters.`)
  return most !== undefined && value.length > most
    ? says(`has at most ${most} characters.`)
    : undefined
}

function numberFault({ name, least, most }: Attribute, value: string): string | undefined {
  const number = /^-?\d{1,15}(?:\.\d{1,10})?$/.test(value) ? Number(value) : Number.NaN
  if (Number.isNaN(number)) return `${name} is a number.`
  if (least !== undefined && number < least) return `${name} is ${least} at least.`
  return most !== undefined && number > most ? `${name} is ${most} at most.` : undefined
}

/** `name=value` lines as attributes, or what is wrong with the first line that does not fit. */
export function attributesIn(
  text: string,
  schema: readonly Attribute[],
): { readonly values: Readonly<Record<string, string>>; readonly fault?: string } {
  const values: Record<string, string> = {}
  for (const line of text.split('\n').map((one) => one.trim())) {
    if (line === '') continue
    const at = line.indexOf('=')
    const attribute = attributeNamed(schema, line.slice(0, at).trim())
    if (at < 1) return { values, fault: 'Write one name=value a line, such as custom:plan=gold.' }
    if (!attribute || !isSettable(attribute))
      return {
        values,
        fault: `This pool has no attribute ${line.slice(0, at).trim()} that can be set.`,
      }
    const value = line.slice(at + 1).trim()
    const fault = valueFault(attribute, value)
    if (fault !== undefined) return { values, fault }
    values[attribute.name] = value
  }
  return { values }
}

/** Attributes that open accounts or grant rights when they change: approvals are raised for them. */
const SENSITIVE =
  /^(?:email|phone_number|preferred_username|.*_verified|custom:(?:.*(?:role|tenant|admin|group|permission).*))$/i

export const isSensitive = (name: string): boolean => SENSITIVE.test(name)
