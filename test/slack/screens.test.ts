import type { types } from '@slack/bolt'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { validateBlockKit } from '../../playground/slack/block-kit/validate.ts'
import type { CardModel } from '../../src/core/board.ts'
import type { Facts } from '../../src/core/operation.ts'
import type { Request } from '../../src/core/request.ts'
import { operations } from '../../src/operations/index.ts'
import { digestIn } from '../../src/slack/ids.ts'
import type { PeopleGroup } from '../../src/slack/people.ts'
import { askedView } from '../../src/slack/screens/asked.ts'
import { breakGlassView } from '../../src/slack/screens/break-glass.ts'
import { cardBlocks, cardText } from '../../src/slack/screens/card.ts'
import { denyView } from '../../src/slack/screens/deny.ts'
import { detailsView } from '../../src/slack/screens/details.ts'
import { homeNotice, homeView } from '../../src/slack/screens/home.ts'
import { hiddenView, requestView } from '../../src/slack/screens/outcome.ts'
import { cardOf, DIGEST, NOW, requestIn, STATES } from './cards.ts'

const GROUPS: readonly PeopleGroup[] = [
  { name: 'cognito-admins', users: ['U0ADA', 'U0GRACE'] },
  { name: 'support', usergroup: 'S0SUPPORT' },
]
const standing = {
  person: {
    id: 'U0ADA',
    team: 'T0LOCAL',
    name: 'ada',
    email: undefined,
    guest: false,
    external: false,
    deactivated: false,
    bot: false,
  },
  groups: ['cognito-admins'],
  readAt: NOW,
}
const emergency = {
  reason: 'The shop is down',
  skipped: ['U0ADA', 'U0GRACE'],
  reviewedBy: undefined,
}

/** Every screen that shows a request. */
function screensOf(card: CardModel): readonly (readonly [string, unknown])[] {
  const cards = Array.from({ length: 30 }, () => card)
  const permitted: readonly Facts[] = operations
  return [
    ['card', { blocks: cardBlocks(card, NOW, GROUPS) }],
    ['details', { view: detailsView(card, NOW) }],
    ['asked', { view: askedView(card, { channel: 'C0APPROVE', breakGlass: true }) }],
    ['request', { view: requestView(card.title, card.request, NOW) }],
    ['hidden', { view: hiddenView(card.title, card.request, NOW) }],
    ['home', { view: homeView({ standing, waiting: cards, own: cards, permitted }, NOW) }],
    ['home of one', { view: homeView({ standing, waiting: [card], own: [], permitted: [] }, NOW) }],
  ]
}

const faultsOf = (screen: unknown) =>
  validateBlockKit(screen as Parameters<typeof validateBlockKit>[0])

/** Everything in which Slack could read a mention, a link or a format. */
function parsedIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(parsedIn)
  if (typeof value !== 'object' || value === null) return []
  const type: unknown = Reflect.get(value, 'type')
  const text: unknown = Reflect.get(value, 'text')
  const own = type === 'mrkdwn' || type === 'link' || type === 'broadcast' ? [String(text)] : []
  return [...own, ...Object.values(value).flatMap(parsedIn)]
}

const mentionsIn = (value: unknown): readonly string[] =>
  [...JSON.stringify(value).matchAll(/"(?:user_id|usergroup_id|channel_id)":"(\w+)"/g)].map(
    ([, id]) => id ?? '',
  )
const buttonsIn = (blocks: readonly types.KnownBlock[]): readonly types.Button[] =>
  blocks.flatMap((block) =>
    block.type === 'actions' ? block.elements.filter((one) => one.type === 'button') : [],
  )
const labelsOn = (card: CardModel) =>
  buttonsIn(cardBlocks(card, NOW, GROUPS)).map(({ action_id }) => action_id)
const wordsOn = (card: CardModel) =>
  JSON.stringify(cardBlocks(card, NOW, GROUPS)).replaceAll(/"fallback":"([^"]*)"/g, '"text":"$1"')
const readingOf = (card: CardModel) =>
  [...wordsOn(card).matchAll(/"text":"((?:[^"\\]|\\.)*)"|"user_id":"(\w+)"/g)]
    .map(([, text, user]) => text ?? `@${user}`)
    .join('')

describe.each(STATES)('a request that is %s', (state) => {
  it('has screens that Slack accepts', () => {
    for (const secret of [true, false])
      for (const [name, screen] of screensOf(cardOf(requestIn(state, { secret }))))
        expect(faultsOf(screen), name).toEqual([])
  })

  it('has screens that Slack accepts with the longest values and after an emergency', () => {
    const card = longest(state)
    for (const [name, screen] of screensOf(card)) {
      expect(faultsOf(screen), name).toEqual([])
      expect(Buffer.byteLength(JSON.stringify(screen)), name).toBeLessThan(250_000)
    }
    expect(cardText(card).length).toBeLessThan(1000)
  })

  it('has a text beside its blocks', () => {
    expect(cardText(cardOf(requestIn(state)))).toMatch(/Reset a password/)
  })
})

function longest(state: Request['state']): CardModel {
  const long = '漢'.repeat(5000)
  const facts = Array.from({ length: 200 }, (_, n) => ({ term: `${n}${long}`, text: long }))
  const person = `U${'0'.repeat(11)}`
  const request = requestIn(state, {
    shown: { label: long, facts, warnings: Array.from({ length: 60 }, () => long) },
    input: { reason: long, verified: long },
    emergency: {
      reason: long,
      skipped: Array.from({ length: 300 }, () => person),
      reviewedBy: undefined,
    },
    round: 9,
    attempt: 99,
    approvals: 99,
  })
  const more = state === 'pending' ? { changed: facts, claimedBy: person } : {}
  const outcome = 'outcome' in request ? { outcome: long } : {}
  return cardOf(
    { ...request, ...more, ...outcome },
    {
      title: 'T'.repeat(24),
      poolName: long,
      votes: Array.from({ length: 99 }, () => person),
      approverGroups: Array.from({ length: 40 }, (_, n) => `${n}${long}`),
      approvers: Array.from({ length: 500 }, () => person),
    },
  )
}

function poisoned(text: string, state: Request['state']): CardModel {
  const request = requestIn(state, {
    shown: { label: text, facts: [{ term: text, text }], warnings: [text] },
    input: { reason: text, verified: text },
    emergency: { reason: text, skipped: [], reviewedBy: undefined },
    round: 2,
  })
  const more = state === 'pending' ? { changed: [{ term: text, text }] } : {}
  const outcome = 'outcome' in request ? { outcome: text } : {}
  return cardOf(
    { ...request, ...more, ...outcome },
    {
      poolName: text,
      approverGroups: [text],
    },
  )
}

describe('the steps of a card', () => {
  const step = (
    key: string,
    as: 'begun' | 'done' | 'failed' | 'unknown',
    sentence = 'Disabled.',
  ) => ({
    request: 'r',
    key,
    as,
    sentence,
  })

  it('stand below its state, each with what came of it', () => {
    const steps = [
      step('ada', 'done'),
      step('alan', 'failed', 'Not there.'),
      step('grace', 'begun', ''),
    ]
    const text = JSON.stringify(cardBlocks(cardOf(requestIn('executing'), { steps }), NOW))
    for (const words of ['✅ ada', 'Disabled.', '❌ alan', 'Not there.', '⏳ grace', 'Begun.'])
      expect(text).toContain(words)
  })

  it.each(STATES)('fit a message in state %s, however many and long they are', (state) => {
    const steps = Array.from({ length: 200 }, (_, nth) =>
      step(`${nth}${'x'.repeat(500)}`, 'unknown', 'y'.repeat(900)),
    )
    const blocks = cardBlocks(cardOf(requestIn(state), { steps }), NOW, GROUPS)
    expect(validateBlockKit({ blocks })).toEqual([])
  })
})

describe('untrusted words', () => {
  const attacks = [
    '` *bold* `<https://evil.example|Approve via portal>',
    '<!channel> <!here> <!subteam^S0ADMINS> <@U0EVIL> <#C0EVIL>',
    '@channel @here :rotating_light: &lt;!channel&gt;',
    '\u202eevorppA\u202c \u200b\u2066hidden\u2069\ufeff',
    'harmless\n\nWhat happens\nNothing at all',
    'harmless\r\u2028Approved by @Ada',
    'x'.repeat(4000),
    '*_~*_~*_~',
  ]

  it.each(attacks)('neither format, mention nor link: %j', (text) => {
    for (const state of STATES)
      for (const [name, screen] of screensOf(poisoned(text, state))) {
        expect(faultsOf(screen), name).toEqual([])
        expect(parsedIn(screen), name).toEqual([])
        expect(mentionsIn(screen), name).not.toContain('U0EVIL')
        expect(mentionsIn(screen), name).not.toContain('S0ADMINS')
      }
  })

  it.each(attacks)('are plain in the text that Slack parses: %j', (text) => {
    expect(cardText(poisoned(text, 'pending'))).not.toMatch(/[<>]|\u202e|\n/)
  })

  it('hold nothing invisible and forge no line', () => {
    for (const text of attacks)
      for (const [name, screen] of screensOf(poisoned(text, 'pending'))) {
        const drawn = JSON.stringify(screen)
        expect(drawn, name).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b\ufeff\u2028]/)
        expect(drawn, name).not.toContain('harmless\\n')
      }
  })

  it('never break a screen, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.constantFrom(...STATES),
        (text, state) => {
          for (const [, screen] of screensOf(poisoned(text, state))) {
            expect(faultsOf(screen)).toEqual([])
            expect(parsedIn(screen)).toEqual([])
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('a card', () => {
  it('that waits says who asks, the plan, the grounds, the votes, who may approve and until when', () => {
    const read = readingOf(cardOf(requestIn('pending'), { votes: ['U0GRACE'] }))
    for (const words of [
      '✋ Reset a password: waiting for approval',
      '@U0SAM asks for this: grace@example.com in customers (prod).',
      'A temporary password replaces the old one.',
      '⚠️ Grace signs in every day.',
      'Reason: Ticket 7',
      'How the person was verified: Called back',
      '1 of 2 approvals so far: @U0GRACE.',
      'May approve: @U0ADA, @U0GRACE (2 people).',
      'Open until in 15 minutes.',
    ])
      expect(read).toContain(words)
  })

  it('keeps reason, verification and plan in blocks of their own', () => {
    const blocks = cardBlocks(cardOf(requestIn('pending')), NOW, GROUPS).map((block) =>
      JSON.stringify(block),
    )
    const holding = (words: string) => blocks.findIndex((block) => block.includes(words))
    const places = ['temporary password replaces', 'Ticket 7', 'Called back'].map(holding)
    expect(new Set(places).size).toBe(3)
    expect(places).not.toContain(-1)
  })

  it.each([
    ['pending', ['approve', 'deny', 'claim', 'details', 'withdraw']],
    ['approved', ['details']],
    ['executing', ['details']],
    ['done', ['details']],
    ['failed', ['details']],
    ['unknown', ['details']],
    ['denied', ['details']],
    ['withdrawn', ['details']],
    ['expired', ['details']],
  ] as const)('that is %s has the buttons %j', (state, labels) => {
    expect(labelsOn(cardOf(requestIn(state)))).toEqual(labels)
  })

  it('puts the request id into every button, and the plan’s digest into their block', () => {
    const request = requestIn('pending')
    const blocks = cardBlocks(cardOf(request), NOW)
    for (const { value } of buttonsIn(blocks)) expect(value).toBe(request.id)
    const block = blocks.find(({ type }) => type === 'actions')
    expect(block?.block_id).toBe(`decide/${DIGEST.slice(0, 12)}`)
    expect(digestIn(block?.block_id ?? '')).toBe(DIGEST.slice(0, 12))
  })

  it('asks before it approves, and says what will happen then', () => {
    const questions = [true, false].map((secret) => {
      const blocks = cardBlocks(cardOf(requestIn('pending', { secret })), NOW)
      return buttonsIn(blocks)[0]?.confirm?.text.text
    })
    expect(questions[0]).toMatch(/grace@example.com in customers \(prod\).*see it, alone/)
    expect(questions[1]).toMatch(/done at once, exactly as it is shown/)
  })

  it('that somebody is looking at says who, and offers that no more', () => {
    const card = cardOf(requestIn('pending', { claimedBy: 'U0ADA' }))
    expect(readingOf(card)).toContain('👀 @U0ADA is looking at this.')
    expect(labelsOn(card)).not.toContain('claim')
  })

  it('whose plan changed says so and shows the difference', () => {
    const changed = [{ term: 'What happens', text: 'was: a code' }]
    const read = readingOf(cardOf(requestIn('pending', { round: 2, changed })))
    expect(read).toContain('The plan changed since it was voted on')
    expect(read).toContain('was: a code')
  })

  it('that nobody may approve says so', () => {
    expect(readingOf(cardOf(requestIn('pending'), { approvers: [] }))).toContain('nobody is known')
  })

  it('mentions a Slack user group as one, and of listed people at most five', () => {
    const users = Array.from({ length: 9 }, (_, n) => `U0P${n}`)
    const groups = [{ name: 'cognito-admins', users, usergroup: 'S0ADMINS' }]
    const blocks = cardBlocks(cardOf(requestIn('pending')), NOW, groups)
    expect(mentionsIn(blocks)).toEqual(['U0SAM', 'S0ADMINS', ...users.slice(0, 5)])
    expect(JSON.stringify(blocks)).toContain('4 more')
  })

  it('does not call its own requester to approve', () => {
    const groups = [{ name: 'cognito-admins', users: ['U0SAM', 'U0ADA'] }]
    const blocks = cardBlocks(cardOf(requestIn('pending')), NOW, groups)
    expect(mentionsIn(blocks).filter((id) => id === 'U0SAM')).toHaveLength(1)
  })

  it('that was approved says that nothing is changed before the reveal', () => {
    const read = readingOf(cardOf(requestIn('approved'), { votes: ['U0ADA', 'U0GRACE'] }))
    expect(read).toContain('Approved by @U0ADA, @U0GRACE.')
    expect(read).toContain('@U0SAM may set and see the password until in 15 minutes.')
    expect(read).toContain('Nothing has been changed yet.')
  })

  it('of an unknown outcome says that it may have changed and may be revealed again', () => {
    const read = readingOf(cardOf(requestIn('unknown')))
    expect(read).toContain('it may have. Cognito did not answer.')
    expect(read).toContain('@U0SAM may reveal again, which sets a new password, until')
  })

  it('that failed says that nothing was changed', () => {
    expect(readingOf(cardOf(requestIn('failed')))).toContain('Nothing was changed.')
  })

  it('revealed again says so, until the window ends', () => {
    const again = cardOf(requestIn('done', { attempt: 3 }))
    expect(readingOf(again)).toContain('This was attempt 3')
    expect(readingOf(again)).toContain('a new one until')
    const over = cardOf(requestIn('done', { revealUntil: NOW }))
    expect(readingOf(over)).not.toContain('a new one until')
  })

  it('that was denied says by whom and why', () => {
    const read = readingOf(cardOf(requestIn('denied')))
    expect(read).toContain('Denied by @U0GRACE.')
    expect(read).toContain('Ask her manager first.')
  })

  it('after broken glass asks for a review until somebody closes it', () => {
    const open = cardOf(requestIn('done', { emergency }))
    expect(readingOf(open)).toContain('🚨 @U0SAM acted alone. Not asked: 2 people.')
    expect(readingOf(open)).toContain('The shop is down')
    expect(labelsOn(open)).toEqual(['review', 'details'])
    const closed = cardOf(requestIn('done', { emergency: { ...emergency, reviewedBy: 'U0ADA' } }))
    expect(readingOf(closed)).toContain('Reviewed by @U0ADA.')
    expect(labelsOn(closed)).toEqual(['details'])
  })

  it('counts what finds no room on it', () => {
    const facts = Array.from({ length: 20 }, (_, n) => ({ term: `Line ${n}`, text: 'x' }))
    const card = cardOf(requestIn('pending', { shown: { label: 'x', facts, warnings: [] } }))
    expect(readingOf(card)).toContain('5 more lines: press Details to read all.')
    expect(JSON.stringify(detailsView(card, NOW))).toContain('Line 19')
  })
})

describe('the other screens', () => {
  it('are accepted by Slack', () => {
    for (const view of [
      denyView('r1', DIGEST.slice(0, 12)),
      denyView('r1', undefined),
      breakGlassView('r1'),
      breakGlassView('r1', 'x'.repeat(400)),
      homeNotice('x'.repeat(9000)),
    ])
      expect(faultsOf({ view })).toEqual([])
  })

  it('after a form say how many are needed, how many were asked, and where', () => {
    const view = askedView(cardOf(requestIn('pending')), {
      channel: 'C0APPROVE',
      breakGlass: false,
    })
    const drawn = JSON.stringify(view)
    expect(drawn).toContain('Sent for approval: 2 approvals needed.')
    expect(drawn).toContain('2 people were asked in ')
    expect(mentionsIn(view)).toEqual(['C0APPROVE'])
    expect(buttonsIn(view.blocks as types.KnownBlock[]).map((one) => one.action_id)).toEqual([
      'withdraw',
    ])
  })

  it('offer to break the glass only to those who may', () => {
    const view = askedView(cardOf(requestIn('pending')), {
      channel: 'C0APPROVE',
      breakGlass: true,
    })
    expect(JSON.stringify(view)).toContain('break-glass')
  })

  it.each([
    ['approved', NOW + 1, true],
    ['done', NOW + 1, true],
    ['unknown', NOW + 1, true],
    ['failed', NOW + 1, true],
    ['approved', NOW, false],
    ['done', NOW, false],
  ] as const)('offer Reveal for %s at %d: %s', (state, revealUntil, offered) => {
    const request = requestIn(state, { revealUntil })
    expect(JSON.stringify(requestView('x', request, NOW)).includes('"reveal"')).toBe(offered)
    expect(JSON.stringify(hiddenView('x', request, NOW)).includes('"reveal"')).toBe(offered)
    const own = [cardOf(request)]
    const home = homeView({ standing, waiting: [], own, permitted: [] }, NOW)
    expect(JSON.stringify(home).includes('"reveal"')).toBe(offered)
  })

  it('offer no Reveal where there is no secret', () => {
    const request = requestIn('done', { secret: false })
    expect(JSON.stringify(requestView('x', request, NOW))).not.toContain('"reveal"')
  })
})

describe('a home', () => {
  it('tells what waits, what one asked for, what happened lately and what one may do', () => {
    const waiting = [cardOf(requestIn('pending')), cardOf(requestIn('done', { emergency }))]
    const own = [cardOf(requestIn('pending', { id: 'own' })), cardOf(requestIn('denied'))]
    const drawn = JSON.stringify(homeView({ standing, waiting, own, permitted: operations }, NOW))
    for (const words of [
      'Waiting for you',
      'Done alone in an emergency: please look at it.',
      'Your requests',
      'Waiting for approval. ',
      'Lately',
      'Denied. Asked ',
      'What you may do',
      '/cognito reset-password',
    ])
      expect(drawn).toContain(words)
  })

  it('carries the plan’s digest beside each pair of buttons, with blocks of different names', () => {
    const waiting = [cardOf(requestIn('pending')), cardOf(requestIn('pending', { id: 'other' }))]
    const { blocks } = homeView({ standing, waiting, own: [], permitted: [] }, NOW)
    const ids = blocks.flatMap(({ block_id }) => block_id ?? [])
    expect(new Set(ids).size).toBe(2)
    expect(ids.map(digestIn)).toEqual([DIGEST.slice(0, 12), DIGEST.slice(0, 12)])
  })

  it('says when there is nothing', () => {
    const drawn = JSON.stringify(homeView({ standing, waiting: [], own: [], permitted: [] }, NOW))
    expect(drawn).toContain('Nothing waits for you.')
    expect(drawn).toContain('You have no open request.')
    expect(drawn).toContain('Nothing yet.')
  })
})
