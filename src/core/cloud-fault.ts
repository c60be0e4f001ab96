/**
 * What is known about a call that did not succeed (cognito.md 6.3):
 * `not-sent` and `refused` changed nothing, `throttled` changed nothing and may be tried later,
 * `unknown` may or may not have taken effect.
 */
export type FaultKind = 'not-sent' | 'refused' | 'throttled' | 'unknown'

/** A failed AWS call, translated once where it enters. `message` is for people and holds no input. */
export class CloudFault extends Error {
  override readonly name = 'CloudFault'
  readonly kind: FaultKind
  /** The API's own error name, such as `UserNotFoundException`. */
  readonly code: string
  readonly call: string
  readonly awsRequestId: string | undefined

  constructor(
    message: string,
    about: { kind: FaultKind; code: string; call: string; awsRequestId?: string | undefined },
  ) {
    super(message)
    this.kind = about.kind
    this.code = about.code
    this.call = about.call
    this.awsRequestId = about.awsRequestId
  }
}
