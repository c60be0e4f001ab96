import type { Job } from '../job.ts'
import type { Note } from '../board.ts'
import type { Request } from '../request.ts'
import { deadlineOf } from '../request.ts'

/** Ids tell what the work is, so the same work written twice is one job. */
const jobOf = (
  kind: Job['kind'],
  request: Request,
  dueAt: number,
  mark: string | number = request.version,
  about: Job['about'] = {},
): Job => ({ id: `${kind}-${request.id}-${mark}`, kind, request: request.id, about, dueAt })

/** What follows from every new state: its card, and the moment its time is up. */
export function follows(request: Request, now: number): readonly Job[] {
  const deadline = deadlineOf(request)
  return [
    jobOf('card', request, now),
    ...(deadline === undefined ? [] : [jobOf('expire', request, deadline)]),
  ]
}

/** Draws how far the work is. `steps`: how many have ended. */
export const progressJob = (request: Request, now: number, steps: number): Job =>
  jobOf('card', request, now, `${request.version}-${steps}`)

/** Runs what was approved. `since`: rights are to be read after that. */
export const executeJob = (request: Request, now: number, since: number): Job =>
  jobOf('execute', request, now, request.round, { since })

export const remindJob = (request: Request, dueAt: number, times: number): Job =>
  jobOf('remind', request, dueAt, `${request.round}-${times}`, { times })

export const escalateJob = (request: Request, dueAt: number): Job =>
  jobOf('escalate', request, dueAt, request.round)

/** A note for one person. `mark` tells it from other notes about the same request. */
export function tellJob(
  request: Request,
  now: number,
  mark: string,
  note: Omit<Note, 'request'>,
): Job {
  const { person, text, button } = note
  return jobOf('tell', request, now, `${mark}-${person}`, {
    person,
    text,
    ...(button === undefined ? {} : { button }),
  })
}
