import type { Person } from './person.ts'
import type { Request } from './request.ts'

/** One approval. A person has one per round of a request. */
export interface Vote {
  readonly request: string
  readonly round: number
  /** Slack user id. */
  readonly person: string
  /** Milliseconds since the epoch. */
  readonly at: number
}

/** Why this person may not decide about the request, whatever the policy says; undefined when they may. */
export function excluded(request: Request, person: Person): string | undefined {
  if (person.id === request.requester)
    return 'This is your own request, so somebody else has to decide.'
  const { email } = person
  if (email !== undefined && request.targetEmails.some((one) => sameAddress(one, email)))
    return 'This is about your own account, so somebody else has to decide.'
  return undefined
}

const sameAddress = (one: string, other: string) => one.toLowerCase() === other.toLowerCase()

/** The first twelve digits of a digest: what a card carries to say which plan it showed. */
export const shortDigest = (digest: string): string => digest.slice(0, 12)
