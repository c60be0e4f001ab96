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

const DECIDE = /^decide\/([0-9a-f]{12})(?:\/\d{1,3})?$/

/** Says which plan the buttons in the block were shown with. `nth` tells apart blocks of one view. */
export function decideBlock(digest: string, nth?: number): string {
  return `decide/${shortDigest(digest)}${nth === undefined ? '' : `/${nth}`}`
}

/** The short digest in a block's id; undefined for blocks that show no plan. */
export function digestIn(blockId: string): string | undefined {
  return DECIDE.exec(blockId)?.[1]
}
