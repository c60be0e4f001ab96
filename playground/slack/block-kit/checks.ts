import { isRecord, type JsonRecord } from '../json.ts'
import type { BlockKitFault } from '../types.ts'

export type Report = (pointer: string, code: BlockKitFault['code'], message: string) => void
export type Check = (value: unknown, at: string, report: Report) => void
type Member = { readonly check: Check; readonly required: boolean }
export type Shape = Readonly<Record<string, Member>>

export const need = (check: Check): Member => ({ check, required: true })
export const may = (check: Check): Member => ({ check, required: false })
export const anything: Check = () => undefined

export const text =
  (max: number, min = 1): Check =>
  (value, at, report) => {
    if (typeof value !== 'string') report(at, 'wrong_type', 'must be a string')
    else if (value.length < min)
      report(at, 'failed_constraint', `must be at least ${min} characters`)
    else if (value.length > max)
      report(at, 'failed_constraint', `must be at most ${max} characters, got ${value.length}`)
  }

export const flag: Check = (value, at, report) => {
  if (typeof value !== 'boolean') report(at, 'wrong_type', 'must be a boolean')
}

export const integer =
  (min: number, max = Number.MAX_SAFE_INTEGER): Check =>
  (value, at, report) => {
    if (!Number.isInteger(value)) report(at, 'wrong_type', 'must be an integer')
    else if (Number(value) < min || Number(value) > max)
      report(at, 'failed_constraint', `must be between ${min} and ${max}`)
  }

export const number: Check = (value, at, report) => {
  if (typeof value !== 'number') report(at, 'wrong_type', 'must be a number')
}

export const oneOf =
  (...allowed: readonly (string | number)[]): Check =>
  (value, at, report) => {
    if (!allowed.some((item) => item === value))
      report(at, 'failed_constraint', `must be one of ${allowed.join(', ')}`)
  }

export const matching =
  (pattern: RegExp, form: string): Check =>
  (value, at, report) => {
    if (typeof value !== 'string') report(at, 'wrong_type', 'must be a string')
    else if (!pattern.test(value)) report(at, 'failed_constraint', `must look like ${form}`)
  }

export const listOf =
  (item: Check, max: number, min = 1): Check =>
  (value, at, report) => {
    if (!Array.isArray(value)) return report(at, 'wrong_type', 'must be an array')
    if (value.length < min) report(at, 'failed_constraint', `must have at least ${min} items`)
    if (value.length > max)
      report(at, 'failed_constraint', `must have at most ${max} items, got ${value.length}`)
    for (const [index, one] of value.entries()) item(one, `${at}/${index}`, report)
  }

/** An object with these members and no others; `rules` see the whole object. */
export const shape =
  (
    members: Shape,
    ...rules: readonly ((value: JsonRecord, at: string, report: Report) => void)[]
  ) =>
  (value: unknown, at: string, report: Report): void => {
    if (!isRecord(value)) return report(at, 'wrong_type', 'must be an object')
    for (const [name, member] of Object.entries(members)) {
      if (value[name] !== undefined) member.check(value[name], `${at}/${name}`, report)
      else if (member.required) report(`${at}/${name}`, 'missing_field', `${name} is required`)
    }
    for (const name of Object.keys(value))
      if (name !== 'type' && value[name] !== undefined && !(name in members))
        report(`${at}/${name}`, 'additional_field', `${name} is not a member here`)
    for (const rule of rules) rule(value, at, report)
  }

/** An object of one of these types; `known` are the types that exist elsewhere. */
export const byType =
  (shapes: Readonly<Record<string, Check>>, known: Iterable<string> = []): Check =>
  (value, at, report) => {
    if (!isRecord(value)) return report(at, 'wrong_type', 'must be an object')
    const type = value['type']
    if (typeof type !== 'string') return report(`${at}/type`, 'missing_field', 'type is required')
    const check = Object.hasOwn(shapes, type) ? shapes[type] : undefined
    if (check) return check(value, at, report)
    const exists = [...known].includes(type)
    report(
      `${at}/type`,
      exists ? 'unsupported_type' : 'unknown_type',
      exists ? `${type} is not allowed here` : `there is no type ${type.slice(0, 40)}`,
    )
  }
