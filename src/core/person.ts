/** A member of the workspace as Slack describes them (`users.info`). */
export interface Person {
  readonly id: string
  readonly team: string
  readonly name: string
  /** Known only where the app may read e-mail addresses; it only ever excludes, never grants. */
  readonly email: string | undefined
  readonly guest: boolean
  readonly external: boolean
  readonly deactivated: boolean
  readonly bot: boolean
}

/** A person together with the configured groups they are in, and when both were read. */
export interface Standing {
  readonly person: Person
  readonly groups: readonly string[]
  /** Milliseconds since the epoch of the oldest read behind this answer. */
  readonly readAt: number
}

/** Why this person may not use the bot at all, whatever the policy says; undefined when they may. */
export function barred(person: Person, homeTeam: string): string | undefined {
  if (person.bot) return 'Bots cannot use Lifeguard. Ask a colleague to run this.'
  if (person.deactivated)
    return 'Your Slack account is deactivated, so Lifeguard cannot act for you.'
  if (person.external || person.team !== homeTeam)
    return 'Lifeguard works for members of its own workspace only. Ask a colleague there to run this.'
  if (person.guest)
    return 'Lifeguard does not work for guest accounts. Ask a full member of this workspace to run this.'
  return undefined
}
