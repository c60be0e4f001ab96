/**
 * An expected no. Its message is for the person who asked: what is wrong and what to do next.
 * `field` names the form field the message belongs under; `policies` the rules that decided;
 * `approvals` how many people would have to agree, when that is all that is missing.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly field: string | undefined
  readonly policies: readonly string[]
  readonly approvals: number | undefined

  constructor(
    message: string,
    about: { field?: string; policies?: readonly string[]; approvals?: number | undefined } = {},
  ) {
    super(message)
    this.field = about.field
    this.policies = about.policies ?? []
    this.approvals = about.approvals
  }
}
