import type { types } from '@slack/bolt'
import type { Answer } from '../../core/operation.ts'
import {
  callout,
  factBlocks,
  facts,
  header,
  linkBlocks,
  rowBlock,
  small,
  title,
} from '../blocks.ts'
import { ANSWER_VIEW } from '../ids.ts'
import { cleanLine, escaped } from '../text.ts'

/** Slack shows at most 100 blocks. What leads on stands above what may be long. */
const MOST_BLOCKS = 90

/** What a query says, as blocks that fit a message and a modal alike. */
function answerBlocks(answer: Answer): types.KnownBlock[] {
  const { facts: lines, rows = [], parts = [], links = [], note } = answer
  const code = lines.length > 0 && lines.every(({ term }) => term.startsWith('/'))
  const body = [
    ...(code ? [facts(lines, 'code')] : factBlocks(lines)),
    ...rows.map((row, nth) => rowBlock(row, nth)),
    ...(note === undefined ? [] : [small(note)]),
    ...linkBlocks(links, rows.length),
    ...parts.flatMap((part) => [header(part.heading), ...factBlocks(part.facts)]),
  ]
  const left = body.length - MOST_BLOCKS
  return [
    ...body.slice(0, MOST_BLOCKS),
    ...(left > 0 ? [small(`${left} more blocks have no room in Slack.`)] : []),
  ]
}

/** The answer as a view. Its buttons lead on in its place. */
export function answerView(answer: Answer): types.ModalView {
  const heading = title(answer.heading)
  // A name that has no room in the title stands whole below it.
  const whole = answer.heading.length > heading.text.length ? [header(answer.heading)] : []
  return {
    type: 'modal',
    callback_id: ANSWER_VIEW,
    title: heading,
    close: title('Close'),
    blocks: [
      ...whole,
      ...(answer.warnings ?? []).map((text) => callout(text, 'warning')),
      ...answerBlocks(answer),
    ],
  }
}

/** The same as a message that only the asker sees. */
export function answerMessage(answer: Answer) {
  const heading = cleanLine(answer.heading, 150)
  return {
    response_type: 'ephemeral' as const,
    text: escaped(
      [heading, ...answer.facts.map(({ term, text }) => `${term}: ${text}`)].join('\n'),
    ),
    blocks: [header(heading), ...answerBlocks(answer)],
  }
}
