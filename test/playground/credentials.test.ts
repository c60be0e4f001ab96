import { expect, test } from 'vitest'
import { refusalToStart } from '../../playground/credentials.ts'

test('an environment without credentials is fine', () => {
  expect(refusalToStart({ PATH: '/bin', AWS_REGION: 'eu-west-1', SLACK_BOT_TOKEN: '' })).toBe(
    undefined,
  )
})

test('every variable that could reach something real is named, never its value', () => {
  const refusal = refusalToStart({ SLACK_BOT_TOKEN: 'xoxb-real', AWS_PROFILE: 'company' })
  expect(refusal).toContain('unset SLACK_BOT_TOKEN AWS_PROFILE')
  expect(refusal).not.toMatch(/xoxb-real|company/u)
})
