import { Faults } from '../../core/faults.ts'

/** What the doctor found in one place: how it is there, and what to do when it is not well. */
export interface Finding {
  readonly ok: boolean
  /** `Slack channel C0AUDIT` */
  readonly what: string
  readonly says: string
  /** What is well, and yet perhaps not meant. */
  readonly notes: readonly string[]
}

export function well(what: string, says: string, notes: readonly string[] = []): Finding {
  return { ok: true, what, says, notes }
}

export function ill(what: string, says: string): Finding {
  return { ok: false, what, says, notes: [] }
}

export function linesOf({ ok, what, says, notes }: Finding): readonly string[] {
  return [`${ok ? '✓' : '✗'} ${what}: ${says}`, ...notes.map((note) => `    Note: ${note}`)]
}

/** What a check finds, or why it could not be made. Errors of others may quote secrets: only their code is told. */
export async function examine(
  what: string,
  check: () => Promise<readonly Finding[]> | readonly Finding[],
): Promise<readonly Finding[]> {
  try {
    return await check()
  } catch (error) {
    if (error instanceof Faults)
      return error.faults.map(({ where, sentence }) => ill(where, sentence))
    return [ill(what, `It could not be checked (${codeOf(error)}). Run this once more.`)]
  }
}

/** `ECONNREFUSED`, or the error's name. */
function codeOf(error: unknown): string {
  const { code, name }: { code?: unknown; name?: unknown } =
    typeof error === 'object' && error !== null ? error : {}
  const word = [code, name].find((one) => typeof one === 'string' && /^\w{1,80}$/.test(one))
  return typeof word === 'string' ? word : 'no code'
}
