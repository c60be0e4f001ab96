/** An AWS account as configured: reached with the bot's own credentials, or through a role. */
export interface Account {
  readonly name: string
  readonly regions: readonly string[]
  readonly roleArn?: string | undefined
  readonly externalId?: string | undefined
  /** Writes go out under the requester's name (`sts:SourceIdentity`). Needs a role. */
  readonly sourceIdentity?: boolean | undefined
}

/** Where pools live and quotas are counted: one region of one account. */
export interface Target {
  readonly account: string
  readonly region: string
}

export function keyOf({ account, region }: Target): string {
  return `${account} ${region}`
}

export function targetsOf(accounts: readonly Account[]): readonly Target[] {
  return accounts.flatMap(({ name, regions }) =>
    regions.map((region) => ({ account: name, region })),
  )
}
