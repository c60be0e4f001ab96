import type { UserAction } from '../../../src/domain/user/help.ts'

const verified = 'Called back'

/** For each action its operation, and what its form needs besides a pool, a user and a reason. */
export const ACTION_FORMS: Readonly<
  Record<UserAction, { readonly operation: string; readonly values?: object }>
> = {
  'email-code': { operation: 'reset-password', values: { method: 'email-code', verified } },
  temporary: { operation: 'reset-password', values: { method: 'temporary', verified } },
  permanent: { operation: 'reset-password', values: { method: 'permanent', verified } },
  'resend-invitation': { operation: 'resend-invitation' },
  'confirm-user': { operation: 'confirm-user' },
  'enable-user': { operation: 'enable-user' },
  'disable-user': { operation: 'disable-user' },
  'sign-out-user': { operation: 'sign-out-user' },
  'list-sessions': { operation: 'list-sessions' },
  'revoke-session': { operation: 'revoke-session', values: { session: 'tkn1' } },
  'reset-mfa': { operation: 'reset-mfa', values: { verified } },
  'update-user': { operation: 'update-user', values: { attribute: 'custom:plan', value: 'gold' } },
  'add-to-group': { operation: 'add-to-group', values: { group: 'staff' } },
  'remove-from-group': { operation: 'remove-from-group', values: { group: 'readers' } },
  'delete-user': { operation: 'delete-user' },
}
