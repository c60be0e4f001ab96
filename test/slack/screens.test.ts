import { describe, expect, it } from 'vitest'
import type { Ended, Executing } from '../../src/core/request.ts'
import { Secret } from '../../src/core/secret.ts'
import { answerMessage, answerView } from '../../src/slack/screens/answer.ts'
import { loadingView, noticeView, workingView } from '../../src/slack/screens/notice.ts'
import {
  failureText,
  hiddenView,
  outcomeView,
  requestView,
} from '../../src/slack/screens/outcome.ts'
import { validateBlockKit } from '../../playground/slack/block-kit/validate.ts'
import { done, executing } from '../store/samples.ts'

const request: Executing = executing('r1')
const ended = (state: Ended['state']): Ended => ({ ...done(request, 'The outcome.'), state })
const secret = new Secret('Correct-Horse-Battery-9')
const revealing = { sentence: 'Grace has a password.', notes: ['It works for 7 days.'], secret }
const answer = {
  heading: 'What you may do',
  facts: [{ term: '/cognito help', text: 'x'.repeat(500) }],
  note: 'Leave words out.',
}

describe('every screen', () => {
  it.each([
    ['a notice', noticeView('Reset a password', 'x'.repeat(5000), 'error')],
    ['waiting', loadingView('Lifeguard')],
    ['working', workingView('Reset a password')],
    ['hidden', hiddenView('Reset a password')],
    ['an outcome', outcomeView('Reset a password', { sentence: 'Done.' })],
    ['a reveal', outcomeView('Reset a password', revealing)],
    ['an answer', answerView(answer)],
    ['an empty answer', answerView({ heading: 'Nothing', facts: [], note: 'Nothing here.' })],
  ])('is one that Slack takes: %s', (_name, view) => {
    expect(validateBlockKit({ view })).toEqual([])
  })

  it.each(['executing', 'done', 'failed', 'unknown'] as const)(
    'for a request that is %s says how it stands and never holds a secret',
    (state) => {
      const view = requestView('Reset', state === 'executing' ? request : ended(state))
      expect(validateBlockKit({ view })).toEqual([])
      expect(JSON.stringify(view)).not.toContain('"secret"')
      if (state !== 'executing') expect(JSON.stringify(view)).toContain('The outcome.')
    },
  )
})

describe('the reveal', () => {
  it('holds the secret alone, in its own block', () => {
    const view = outcomeView('Reset a password', revealing)
    const holding = view.blocks.filter((block) => JSON.stringify(block).includes(secret.reveal()))
    expect(holding).toHaveLength(1)
    expect(holding[0]).toMatchObject({
      block_id: 'secret',
      elements: [{ type: 'rich_text_preformatted', elements: [{ text: secret.reveal() }] }],
    })
  })

  it('leaves no secret behind when its time is up', () => {
    expect(JSON.stringify(hiddenView('Reset a password'))).not.toContain(secret.reveal())
  })
})

describe('a failed attempt', () => {
  it.each([
    [
      'Cognito is busy. Nothing was changed. Try again.',
      'Cognito is busy. Nothing was changed. Try again.',
    ],
    ['This user is gone.', 'This user is gone. Nothing was changed.'],
  ])('says once that nothing was changed: %s', (outcome, said) => {
    expect(failureText(outcome)).toBe(said)
  })
})

it('answers in a message with the same lines as plain text, for readers without blocks', () => {
  const message = answerMessage(answer)
  expect(message.response_type).toBe('ephemeral')
  expect(message.text).toContain('/cognito help')
  expect(validateBlockKit({ blocks: message.blocks })).toEqual([])
})
