export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [member: string]: Json | undefined }

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Cognito writes dates as epoch seconds with a fraction; inside, everything is milliseconds. */
export const epochSeconds = (ms: number): number => ms / 1000
