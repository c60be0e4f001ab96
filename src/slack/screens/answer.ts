import type { types } from '@slack/bolt'
import type { Answer } from '../../core/operation.ts'
import { facts, small, title } from '../blocks.ts'
import { cleanLine, escaped } from '../text.ts'

/** What a query says, as blocks that fit a message and a modal alike. */
function answerBlocks(answer: Answer): types.KnownBlock[] {
  const code = answer.facts.every(({ term }) => term.startsWith('/'))
  return [
    ...(answer.facts.length === 0 ? [] : [facts(answer.facts, code ? 'code' : 'bold')]),
    ...(answer.note === undefined ? [] : [small(answer.note)]),
  ]
}

export function answerView(answer: Answer): types.ModalView {
  return {
    type: 'modal',
    title: title(answer.heading),
    close: title('Close'),
    blocks: answerBlocks(answer),
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
    blocks: [
      {
        type: 'header' as const,
        text: { type: 'plain_text' as const, text: heading, emoji: false },
      },
      ...answerBlocks(answer),
    ],
  }
}
