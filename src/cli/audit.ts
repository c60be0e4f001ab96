import { storePlace } from '../config.ts'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { Faults } from '../core/faults.ts'
import { openReader } from '../store/reader.ts'
import type { Command, Io } from './command.ts'

const time = z
  .union(
    [z.iso.date(), z.iso.datetime({ offset: true })],
    'Give a date or a time such as 2026-03-01 or 2026-03-01T09:00:00Z. Dates begin at 00:00 UTC.',
  )
  .transform((text) => new Date(text).toISOString())

const head = z
  .string()
  .regex(
    /^\d{1,15}:[0-9a-f]{12,64}$/,
    'Give a size and a root as posted in the audit channel, such as 57:9f86d081884c.',
  )
  .transform((text) => {
    const [size, root = ''] = text.split(':')
    return { size: Number(size), root }
  })

const ExportFlags = z.object({ since: time.optional(), until: time.optional() })
const VerifyFlags = z.object({ head: head.optional() })

/** A line of JSON for each entry, oldest first: the very bytes that were hashed. */
export const auditExport: Command = {
  name: 'audit export',
  takes: '[--since time] [--until time]',
  most: 4,
  summary: 'Print the audit log, one line of JSON for each entry, oldest first.',
  async run(args, io) {
    const filter = flagsOf(args, ExportFlags)
    await using reader = await openReader(placeOf(io))
    for await (const lines of reader.lines(filter)) io.print(lines.join('\n'))
    return 0
  },
}

/** Says whether the log is whole. With `--head`, also whether it still holds what was posted. */
export const auditVerify: Command = {
  name: 'audit verify',
  takes: '[--head size:root]',
  most: 2,
  summary:
    'Check that no audit entry was edited, deleted or moved, or cut off since a posted head.',
  async run(args, io) {
    const flags = flagsOf(args, VerifyFlags)
    await using reader = await openReader(placeOf(io))
    const result = await reader.verify(flags.head)
    if (!result.ok) {
      io.complain(`The audit log does not verify. ${result.sentence}`)
      return 1
    }
    io.print(`The audit log verifies: ${result.head.size} entries.`)
    io.print(`Head: ${result.head.size}:${result.head.root}`)
    return 0
  },
}

/** No more of the configuration is read: the log can be checked where there are no other credentials. */
function placeOf({ env }: Io) {
  const place = storePlace(env)
  return 'url' in place ? place.url : place.folder
}

function flagsOf<F extends z.ZodObject>(args: readonly string[], schema: F): z.output<F> {
  const flags = schema.safeParse(valuesOf(args, Object.keys(schema.shape)))
  if (flags.success) return flags.data
  const faults = flags.error.issues.map(({ path, message: sentence }) => ({
    where: `--${path.join('.')}`,
    sentence,
  }))
  throw new Faults(faults)
}

function valuesOf(args: readonly string[], names: readonly string[]) {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]))
  try {
    return { ...parseArgs({ args: [...args], options }).values }
  } catch (error) {
    const sentence = error instanceof Error ? `${error.message}.` : 'They cannot be read.'
    throw new Faults([{ where: 'Arguments', sentence }])
  }
}
