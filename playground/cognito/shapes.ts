declare const type: unique symbol

/** `sensitive`: never echoed in an error. `secret`: also only as a keyed digest in the request log. */
interface Marks {
  readonly sensitive?: boolean
  readonly secret?: boolean
}

export interface TextShape extends Marks {
  readonly kind: 'text'
  readonly min?: number
  readonly max?: number
  /** As AWS prints it. */
  readonly pattern?: string
  readonly regex?: RegExp
  readonly oneOf?: readonly string[]
}
export interface IntegerShape extends Marks {
  readonly kind: 'integer'
  readonly min?: number
  readonly max?: number
}
interface FlagShape extends Marks {
  readonly kind: 'flag'
}
export interface ListShape extends Marks {
  readonly kind: 'list'
  readonly of: Shape
  readonly min?: number
  readonly max?: number
}
export interface MapShape extends Marks {
  readonly kind: 'map'
  readonly of: Shape
  /** What every key must be like; anything when absent. */
  readonly keys?: Shape
  readonly max?: number
}
export interface StructureShape extends Marks {
  readonly kind: 'structure'
  readonly members: Members
}

export type Shape<T = unknown> = (
  | TextShape
  | IntegerShape
  | FlagShape
  | ListShape
  | MapShape
  | StructureShape
) & { readonly [type]?: T }

interface Optional<T> {
  readonly optional: Shape<T>
}
export type Members = { readonly [name: string]: Shape | Optional<unknown> }

type StructureOf<M extends Members> = {
  readonly [K in keyof M as M[K] extends Optional<unknown> ? never : K]: InputOf<M[K]>
} & {
  readonly [K in keyof M as M[K] extends Optional<unknown> ? K : never]?: M[K] extends Optional<
    infer T
  >
    ? T
    : never
}

/** What a request looks like once it has passed its shape. */
export type InputOf<S> = S extends Shape<infer T> ? T : never

type TextRules = Omit<TextShape, 'kind' | 'regex' | 'oneOf'>

export function text(rules: TextRules = {}): Shape<string> {
  const { pattern } = rules
  if (pattern === undefined) return { kind: 'text', ...rules }
  return { kind: 'text', ...rules, regex: wholeMatch(pattern) }
}

/** The service's `\s` and `\S` are ASCII; JavaScript's are Unicode-wide, so they are written out. */
function wholeMatch(pattern: string): RegExp {
  const space = String.raw` \t\n\v\f\r`
  const ascii = pattern
    .replaceAll(String.raw`[\S]`, `[^${space}]`)
    .replaceAll(String.raw`\s`, space)
  return new RegExp(`^(?:${ascii})$`, 'u')
}

export function oneOf<const V extends string>(...values: readonly V[]): Shape<V> {
  return { kind: 'text', oneOf: values }
}

export const integer = (min: number, max: number): Shape<number> => ({ kind: 'integer', min, max })
export const flag: Shape<boolean> = { kind: 'flag' }

export function list<T>(
  of: Shape<T>,
  sizes: { readonly min?: number; readonly max?: number } = {},
): Shape<readonly T[]> {
  return { kind: 'list', of, ...sizes }
}

export function map<T>(
  of: Shape<T>,
  rules: Omit<MapShape, 'kind' | 'of'> = {},
): Shape<{ readonly [key: string]: T }> {
  return { kind: 'map', of, ...rules }
}

export function structure<M extends Members>(members: M): Shape<StructureOf<M>> {
  return { kind: 'structure', members }
}

export const optional = <T>(shape: Shape<T>): Optional<T> => ({ optional: shape })
