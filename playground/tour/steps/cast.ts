/** Who plays, and where. */
export const ADA = 'U0ADA'
export const GRACE = 'U0GRACE'
export const KATHERINE = 'U0KATHERINE'
export const MARGARET = 'U0MARGARET'
export const LINUS = 'U0LINUS'
export const MALLORY = 'U0MALLORY'
export const GUS = 'U0GUS'

export const STAGING = { id: 'eu-west-1_STAGE0001', name: 'staging-customers' }
export const DEV = { id: 'eu-west-1_DEV000001', name: 'dev-customers' }
export const PROD = { id: 'eu-west-1_PROD00001', name: 'customers' }

/** How Ada fills the form, unless a step says otherwise. */
export const form = {
  method: 'temporary',
  verified: 'Called back on the number we have on file',
  reason: 'Ticket 4711: locked out after a new phone',
} as const
