import type { Along, Opened, Over, StepRecord, Swapped, Voted } from '../core/ports.ts'
import type { Request } from '../core/request.ts'
import type { Vote } from '../core/vote.ts'
import type { Change } from './change.ts'
import { append } from './audit-log.ts'
import { countWrite, reached } from './ceilings.ts'
import { insertImages } from './images.ts'
import { insertJobs } from './jobs.ts'
import { findRequest, insertRequest, swapRequest } from './requests.ts'
import { insertVote } from './votes.ts'
import { insertStep, updateStep } from './work-steps.ts'

/*
 * Each step of a request's life is one transaction and locks in one order: vote, request, jobs,
 * audit log. So no two of them wait for each other, and one that loses never holds up the log.
 */

export async function open(change: Change, request: Request, along: Along): Promise<Opened> {
  if (await insertRequest(change.trx, request))
    return (await goAlong(change, undefined, request, along)) ?? { kind: 'opened' }
  const known = await findRequest(change.trx, request.id)
  if (!known) throw new Error(`The request ${request.id} is known and cannot be read.`)
  return { kind: 'known', request: known }
}

export async function swap(
  change: Change,
  from: Request,
  to: Request,
  along: Along,
): Promise<Swapped> {
  if (!(await swapRequest(change.trx, from, to))) return { kind: 'moved' }
  return (await goAlong(change, from, to, along)) ?? { kind: 'swapped' }
}

/** Votes alone never execute, so no ceiling stands in their way. */
export async function vote(
  change: Change,
  ballot: Vote,
  from: Request,
  to: Request,
  along: Along,
): Promise<Voted> {
  if (!(await insertVote(change.trx, ballot))) return { kind: 'voted' }
  if (!(await swapRequest(change.trx, from, to))) return { kind: 'moved' }
  await goAlong(change, from, to, { ...along, ceilings: [] })
  return { kind: 'swapped' }
}

/** False: a step of this key is known, nothing was written. */
export async function beginStep(
  change: Change,
  step: StepRecord,
  { entries }: Along,
): Promise<boolean> {
  if (!(await insertStep(change.trx, step, change.now()))) return false
  await append(change, entries)
  return true
}

export async function endStep(
  change: Change,
  step: StepRecord,
  { entries, jobs = [] }: Along,
): Promise<void> {
  await updateStep(change.trx, step)
  await append(change, entries)
  await insertJobs(change.trx, jobs)
}

/** What is written beside the state; a reached ceiling when the step may not be. */
async function goAlong(
  change: Change,
  from: Request | undefined,
  to: Request,
  { entries, jobs = [], ceilings = [], images = [] }: Along,
): Promise<Over | undefined> {
  await insertJobs(change.trx, jobs)
  await insertImages(change.trx, images, change.now())
  if (to.state === 'executing' && from?.state !== 'executing') {
    const over = await reached(change, ceilings)
    if (over) return over
    await countWrite(change, to)
  }
  await append(change, entries)
  return undefined
}
