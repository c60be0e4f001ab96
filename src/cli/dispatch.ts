import { Faults } from '../core/faults.ts'
import { nearest } from '../core/nearest.ts'
import type { Command, Io } from './command.ts'

/** EX_USAGE of sysexits.h: the command line itself is wrong. */
const USAGE = 64

/** Runs the command that is typed and returns the exit code. */
export async function dispatch(
  typed: readonly string[],
  commands: readonly Command[],
  io: Io,
): Promise<number> {
  if (typed.length === 0 || ['help', '--help', '-h'].includes(typed[0] ?? '')) {
    helpLines(commands).forEach((line) => io.print(line))
    return 0
  }
  const command = commands.find(({ name }) => `${typed.join(' ')} `.startsWith(`${name} `))
  if (!command) return unknown(typed, commands, io)
  const args = typed.slice(command.name.split(' ').length)
  if (args.length > command.most) {
    io.complain(`Too many arguments. Write: ${usageOf(command)}`)
    return USAGE
  }
  return runOrTell(command, args, io)
}

async function runOrTell(command: Command, args: readonly string[], io: Io): Promise<number> {
  try {
    return await command.run(args, io)
  } catch (error) {
    if (!(error instanceof Faults)) throw error
    error.faults.forEach(({ where, sentence }) => io.complain(`${where}: ${sentence}`))
    return 1
  }
}

function unknown(typed: readonly string[], commands: readonly Command[], io: Io): number {
  const family = commands.filter(({ name }) => name.startsWith(`${typed[0]} `))
  const close = nearest(
    typed.join(' '),
    commands.map(({ name }) => name),
  )
  const meant = close ? [close] : family.map(({ name }) => name)
  io.complain(`There is no command "${typed.join(' ')}".`)
  io.complain(
    meant.length > 0 ? `Did you mean: ${meant.join(', ')}?` : 'See: npm run lifeguard -- help',
  )
  return USAGE
}

function helpLines(commands: readonly Command[]): readonly string[] {
  const width = Math.max(...commands.map((command) => usageOf(command).length))
  return [
    'npm run lifeguard -- <command>',
    '',
    ...commands.map((command) => `  ${usageOf(command).padEnd(width)}  ${command.summary}`),
  ]
}

function usageOf({ name, takes }: Command): string {
  return takes ? `${name} ${takes}` : name
}
