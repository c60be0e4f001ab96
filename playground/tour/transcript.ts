import { styleText } from 'node:util'
import { fieldsIn, linesOf, secretIn } from '../reading.ts'
import type { FilledField } from '../reading.ts'
import type { Message, ViewState } from '../slack/types.ts'
import { channels, personas, usergroups } from '../world.ts'

type Style = Parameters<typeof styleText>[0]

const SPEAKER = 13
const WIDTH = 96

/** Writes a journey down like a conversation. A password is never part of it. */
export class Transcript {
  readonly #print: (line: string) => void
  readonly #coloured: boolean

  constructor(print: (line: string) => void, coloured = false) {
    this.#print = print
    this.#coloured = coloured
  }

  title(text: string): void {
    this.#print(`\n${this.#style('bold', text)}`)
  }

  step(number: number, sentence: string): void {
    this.#print(`\n${this.#style('bold', `${String(number).padStart(2)}  ${sentence}`)}\n`)
  }

  says(who: string, text: string): void {
    this.#lines(firstName(who), 'cyan', [text])
  }

  fills(who: string, fields: readonly FilledField[], button: string): void {
    const lines = fields.map((field) => `${field.label}: ${field.shows}`)
    this.#lines(firstName(who), 'cyan', [...lines, `presses [${button}]`])
  }

  /** What the bot wrote: a message, or one of its own ephemeral ones. */
  message(message: Message, place = 'Lifeguard'): void {
    this.bot(message.blocks.length > 0 ? linesOf(message.blocks) : message.text.split('\n'), place)
  }

  bot(lines: readonly string[], place: string): void {
    this.#lines(place, 'magenta', lines)
  }

  modal(view: ViewState): void {
    const fields = fieldsIn(view).flatMap((field) => [
      `${field.label}: ${field.shows || (field.choices.length > 0 ? `○ ${field.choices.join('  ○ ')}` : '…')}`,
      ...(field.error === undefined ? [] : [`  ! ${field.error}`]),
    ])
    const body = [...shownLines(view), ...fields].map((line) => `│ ${line}`)
    const foot = [view.submit, view.close].flatMap((button) => (button ? [`[${button.text}]`] : []))
    this.#lines('Lifeguard', 'magenta', [
      `┌ ${view.title?.text ?? ''}`,
      ...body,
      `└ ${foot.join(' ')}`,
    ])
  }

  options(labels: readonly string[]): void {
    this.#lines('Lifeguard', 'magenta', labels.length > 0 ? labels : ['(nothing found)'])
  }

  /** Something that is neither Slack nor the bot: Cognito, an inbox, a process. */
  aside(who: string, text: string): void {
    this.#lines(who, 'yellow', [text])
  }

  held(claim: string): void {
    this.#print(`    ${this.#style('green', '✓')} ${claim}`)
  }

  broken(claim: string): void {
    this.#print(`    ${this.#style('red', '✗')} ${claim}`)
  }

  #lines(speaker: string, style: Style, lines: readonly string[]): void {
    const broken = lines.flatMap((line) => folded(withNames(line)))
    for (const [index, line] of broken.entries()) {
      const name = (index === 0 ? speaker : '').padEnd(SPEAKER)
      this.#print(`    ${this.#style(style, name)}${line}`)
    }
  }

  #style(style: Style, text: string): string {
    return this.#coloured ? styleText(style, text, { validateStream: false }) : text
  }
}

/** The lines of a modal; where a password stands, only that it stands there. */
function shownLines(view: ViewState): readonly string[] {
  const secret = secretIn(view)
  if (secret === undefined) return linesOf(view.blocks)
  const at = view.blocks.findIndex((block) => block.block_id === 'secret')
  return [
    ...linesOf(view.blocks.slice(0, at)),
    `[the password, ${secret.length} characters]`,
    // The block after it may spell the password out.
    ...linesOf(view.blocks.slice(at + 1)).filter((line) => !line.startsWith('To read out')),
  ]
}

/** How a person is called on the stage. */
export function firstName(personId: string): string {
  const found = personas.find(({ person }) => person.id === personId)
  return found?.person.real_name?.split(' ')[0] ?? personId
}

const withNames = (line: string): string =>
  line
    .replaceAll(/<@(\w+)>/gu, (_mention, id: string) => `@${firstName(id)}`)
    .replaceAll(/<!subteam\^(\w+)>/gu, (_mention, id: string) => `@${named(usergroups, id)}`)
    .replaceAll(/<#(\w+)>/gu, (_mention, id: string) => `#${named(channels, id)}`)

function named(
  all: readonly { readonly id: string; readonly handle?: string; readonly name?: string }[],
  id: string,
): string {
  const found = all.find((one) => one.id === id)
  return found?.handle ?? found?.name ?? id
}

/** Breaks a long line between words; what follows a frame stays in the frame. */
function folded(line: string): readonly string[] {
  const frame = /^(│ +!? *|• )/u.exec(line)?.[0].replace('!', ' ') ?? ''
  const rows: string[] = []
  let row = ''
  for (const word of line.split(' ')) {
    if (row !== '' && row.length + 1 + word.length > WIDTH) {
      rows.push(row)
      row = `${frame.replace('•', ' ')}${word}`
    } else row = row === '' ? word : `${row} ${word}`
  }
  return [...rows, row]
}
