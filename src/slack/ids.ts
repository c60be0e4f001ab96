import { shortDigest } from '../core/vote.ts'

/** The contract's identifiers: screens, parsers, router and the manifest test share them. */
export const COMMAND = '/cognito'
export const SECRET_BLOCK = 'secret'

const OPERATION_VIEW = 'operation/'
export const DENY_VIEW = 'deny'
export const BREAK_GLASS_VIEW = 'break-glass'

/** What a button does; its `value` is the request id. */
export type Action =
  | 'approve'
  | 'deny'
  | 'withdraw'
  | 'claim'
  | 'review'
  | 'reveal'
  | 'details'
  | 'break-glass'

export const operationView = (name: string): string => OPERATION_VIEW + name

/** The operation a view belongs to; undefined for the views that only show something. */
export function operationOf(callbackId: string): string | undefined {
  return callbackId.startsWith(OPERATION_VIEW) ? callbackId.slice(OPERATION_VIEW.length) : undefined
}

/** The view that shows what a query says: buttons in it are answered in its place. */
export const ANSWER_VIEW = 'answer'

/** A form's `private_metadata`: its request id, and what travels with it unseen. */
export function metaOf(requestId: string, carried: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(carried).toString()
  return query === '' ? requestId : `${requestId}?${query}`
}

export interface FormMeta {
  readonly requestId: string
  readonly carried: ReadonlyMap<string, string>
}

export function formMeta(metadata: string): FormMeta {
  const [requestId = '', query = ''] = metadata.split('?', 2)
  return { requestId, carried: new Map(new URLSearchParams(query)) }
}

const LINK_BUTTON = 'open/'

/** `nth` tells apart the buttons of one block. */
export const linkButton = (nth: number): string => `${LINK_BUTTON}${nth}`
export const isLinkButton = (action: string): boolean => action.startsWith(LINK_BUTTON)

/** Slack's limit for a button's value. */
const VALUE_LIMIT = 2000

/** A button's value: an operation and what fills its form. Undefined when that has no room. */
export function linkValue(
  operation: string,
  values: Readonly<Record<string, string>>,
): string | undefined {
  const value = `${operation}?${new URLSearchParams(values).toString()}`
  return value.length <= VALUE_LIMIT ? value : undefined
}

export function linkIn(value: string): { operation: string; values: Record<string, string> } {
  const [operation = '', query = ''] = value.split('?', 2)
  return { operation, values: Object.fromEntries(new URLSearchParams(query)) }
}

const DECIDE = /^decide\/([0-9a-f]{12})(?:\/\d{1,3})?$/

/** Says which plan the buttons in the block were shown with. `nth` tells apart blocks of one view. */
export function decideBlock(digest: string, nth?: number): string {
  return `decide/${shortDigest(digest)}${nth === undefined ? '' : `/${nth}`}`
}

/** The short digest in a block's id; undefined for blocks that show no plan. */
export function digestIn(blockId: string): string | undefined {
  return DECIDE.exec(blockId)?.[1]
}
