import type { Omission } from './settings-update.ts'

/** What nobody has measured about writes to a pool. */
export interface PoolSwitches {
  /** What becomes of the members that an UpdateUserPool leaves out. */
  updateOmission: Omission
  /** UpdateUserPool that turns MFA on in a pool where it was not: seen refused, and documented. */
  updateTurnsMfaOn: 'accept' | 'refuse'
  /** UpdateUserPool with MFA ON or OPTIONAL in a pool whose only factors are no text messages. */
  updateMfaWithoutSms: 'accept' | 'refuse'
  /** EmailMessage beside EmailMessageByLink: documented as an error, seen accepted. */
  bothMailTemplates: 'accept' | 'refuse'
  /** Own e-mail texts with Cognito's own sender: documented as impossible, seen accepted. */
  textsWithoutOwnSender: 'accept' | 'refuse'
  /** Recovery by phone in a pool that also has text messages as a second factor. */
  phoneRecoveryWithSmsMfa: 'accept' | 'refuse'
  /** CreateUserPool with first factors other than the password, before any MFA is set. */
  createFirstFactors: 'accept' | 'refuse'
  /** E-mail as a second factor with Cognito's own sender. */
  mailMfaWithoutOwnSender: 'accept' | 'refuse'
  /** iam:PassRole for the SMS role: allowed, asked for when the role changes, or at every write. */
  passRole: 'allowed' | 'refused-for-a-new-role' | 'refused'
  /** Whether a LITE pool tells its sign-in policy and its level names. */
  liteShows: 'everything' | 'less'
  /** Whether GetUserPoolMfaConfig still tells the factors while MFA is OFF. */
  factorsWhileOff: 'shown' | 'hidden'
}

export const defaultPoolSwitches: PoolSwitches = {
  updateOmission: 'reset',
  updateTurnsMfaOn: 'accept',
  updateMfaWithoutSms: 'accept',
  bothMailTemplates: 'accept',
  textsWithoutOwnSender: 'accept',
  phoneRecoveryWithSmsMfa: 'accept',
  createFirstFactors: 'refuse',
  mailMfaWithoutOwnSender: 'refuse',
  passRole: 'allowed',
  liteShows: 'everything',
  factorsWhileOff: 'shown',
}
