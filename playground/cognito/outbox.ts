export interface Delivered {
  /** Milliseconds on the local Cognito's clock. */
  readonly at: number
  readonly poolId: string
  readonly username: string
  readonly kind: 'invitation' | 'reset-code' | 'verification-code' | 'mfa-code'
  readonly medium: 'EMAIL' | 'SMS'
  readonly to: string
  /** The code or the temporary password: what the person would read. */
  readonly secret: string
  readonly subject: string
  readonly text: string
}

/** E-mails and text messages that the real Cognito would have sent. */
export type Outbox = Delivered[]
