import type { Delivered } from './outbox.ts'
import type { Pool } from './pool.ts'
import type { Contact } from './recovery.ts'
import type { State } from './state.ts'
import type { User } from './user.ts'

const defaultInvitation = 'Your username is {username} and temporary password is {####}.'

/** Sends by each medium the user has a contact for; Cognito says nothing about the others. */
export function sendInvitation(
  state: State,
  pool: Pool,
  user: User,
  media: readonly ('SMS' | 'EMAIL')[],
  password: string,
): void {
  const template = pool.settings.AdminCreateUserConfig?.InviteMessageTemplate
  for (const medium of media) {
    const to = user.attributes.get(medium === 'EMAIL' ? 'email' : 'phone_number')
    const text = medium === 'EMAIL' ? template?.EmailMessage : template?.SMSMessage
    const message = text ?? defaultInvitation
    // A template without its placeholder makes the invitation vanish without an error.
    if (to === undefined || !message.includes('{####}')) continue
    const subject = template?.EmailSubject ?? 'Your temporary password'
    deliver(
      state,
      pool,
      user,
      { kind: 'invitation', medium, to, secret: password, subject },
      message,
    )
  }
}

export function sendCode(
  state: State,
  pool: Pool,
  user: User,
  contact: Contact,
  kind: 'reset-code' | 'verification-code' | 'mfa-code',
  code: string,
): void {
  const template = pool.settings.VerificationMessageTemplate
  const message =
    (contact.medium === 'EMAIL' ? template?.EmailMessage : template?.SmsMessage) ??
    'Your code is {####}.'
  const subject = template?.EmailSubject ?? 'Your code'
  deliver(state, pool, user, { kind, ...contact, secret: code, subject }, message)
}

function deliver(
  state: State,
  pool: Pool,
  user: User,
  letter: Omit<Delivered, 'at' | 'poolId' | 'username' | 'text'>,
  template: string,
): void {
  const text = template.replaceAll('{username}', user.username).replaceAll('{####}', letter.secret)
  state.outbox.push({ at: state.now(), poolId: pool.id, username: user.username, ...letter, text })
}
