import type { Kind } from './envelope.ts'

/**
 * The body of an acknowledgement that says one sentence and changes nothing. Buttons, closed views
 * and events have no place for it; a submitted form must not simply close, which looks like success.
 */
export function safeReply(kind: Kind, sentence: string): unknown {
  switch (kind) {
    case 'command':
      return { response_type: 'ephemeral', text: sentence }
    case 'options':
      return { options: [] }
    case 'submit':
      return { response_action: 'update', view: sentenceView(sentence) }
    case 'action':
    case 'shortcut':
    case 'close':
    case 'event':
    case 'other':
      return undefined
  }
}

function sentenceView(sentence: string): unknown {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: 'Lifeguard', emoji: false },
    close: { type: 'plain_text', text: 'Close', emoji: false },
    blocks: [{ type: 'section', text: { type: 'plain_text', text: sentence, emoji: false } }],
  }
}
