import type { User } from '../../core/directory.ts'
import type { Link } from '../../core/operation.ts'
import type { Help, UserAction } from './help.ts'

const LABELS: Readonly<Record<UserAction, string>> = {
  'email-code': 'Send a code',
  temporary: 'Temporary password',
  permanent: 'Permanent password',
  'resend-invitation': 'Invite again',
  'confirm-user': 'Confirm',
  'enable-user': 'Enable',
  'disable-user': 'Disable',
  'sign-out-user': 'Sign out',
  'list-sessions': 'Sign-ins',
  'revoke-session': 'End a sign-in',
  'reset-mfa': 'Reset second factors',
  'update-user': 'Change',
  'add-to-group': 'Add to a group',
  'remove-from-group': 'Remove from a group',
  'delete-user': 'Delete',
}

/** Ways of one operation: its form opens with the way chosen. */
const METHODS = new Set<UserAction>(['email-code', 'temporary', 'permanent'])

/** Where to go for this action, with the form filled as far as it goes. */
function actionLink(action: UserAction, user: User): Link {
  const on = { pool: user.pool.id, user: user.sub }
  const label = LABELS[action]
  if (METHODS.has(action))
    return { label, operation: 'reset-password', values: { ...on, method: action } }
  return action === 'update-user' ? contactLink(user, on) : { label, operation: action, values: on }
}

/** What keeps codes from reaching somebody is an address that is wrong, or not marked as theirs. */
function contactLink({ email }: User, on: Readonly<Record<string, string>>): Link {
  const operation = 'update-user'
  return email === undefined
    ? { label: 'Give an e-mail address', operation, values: { ...on, attribute: 'email' } }
    : {
        label: 'Mark the e-mail as verified',
        operation,
        values: { ...on, attribute: 'email_verified', value: 'true' },
      }
}

/** Buttons for what is likely to help now. `signIns`: there are some to look at. */
export function helpLinks({ first }: Help, user: User, signIns: boolean): readonly Link[] {
  const actions: readonly UserAction[] = signIns ? [...first, 'list-sessions'] : first
  return actions.map((action) => actionLink(action, user))
}
