/** The contract's identifiers (docs/contract): screens, parsers, router and the manifest test share them. */
export const COMMAND = '/cognito'
export const SECRET_BLOCK = 'secret'

const OPERATION_VIEW = 'operation/'

export const operationView = (name: string): string => OPERATION_VIEW + name

/** The operation a view belongs to; undefined for the views that only show something. */
export function operationOf(callbackId: string): string | undefined {
  return callbackId.startsWith(OPERATION_VIEW) ? callbackId.slice(OPERATION_VIEW.length) : undefined
}
