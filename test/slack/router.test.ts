import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { routeOf } from '../../src/slack/router.ts'
import { VIEW } from './harness.ts'

const action = (id: string) => ({ type: 'block_actions', actions: [{ action_id: id }] })
const inForm = (id: string) => ({ ...action(id), view: VIEW })

describe('the route of a payload', () => {
  it.each([
    ['the command', { command: '/cognito', text: '' }],
    ['a submitted form', { type: 'view_submission', view: VIEW }],
    ['a chosen pool', inForm('pool')],
    ['a chosen section', inForm('section')],
    ['a button that leads on', action('open/3')],
    ['typing in a picker', { type: 'block_suggestion' }],
  ])('is known for %s', (_what, body) => {
    expect(routeOf(body)).toBeDefined()
  })

  it.each([
    ['another command', { command: '/other' }],
    ['a view that is no form', { type: 'view_submission', view: { ...VIEW, callback_id: 'x' } }],
    ['a view without an id', { type: 'view_submission', view: null }],
    ['a button nobody drew', action('explode')],
    ['no action at all', { type: 'block_actions', actions: [] }],
    ['a closed view', { type: 'view_closed', view: VIEW }],
    ['nothing', {}],
  ])('is unknown for %s', (_what, body) => {
    expect(routeOf(body)).toBeUndefined()
  })

  it('is found or not, and never a crash, whatever the body holds', () => {
    const body = fc.dictionary(
      fc.constantFrom('type', 'command', 'view', 'actions', 'callback_id'),
      fc.oneof(fc.jsonValue(), fc.constantFrom('view_submission', 'block_actions', '/cognito')),
    )
    fc.assert(
      fc.property(body, (any) => {
        expect(['function', 'undefined']).toContain(typeof routeOf(any))
      }),
    )
  })
})
