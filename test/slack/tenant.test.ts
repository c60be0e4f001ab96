import { describe, expect, it } from 'vitest'
import { admit, tenantOf } from '../../src/slack/tenant.ts'

const home = { team: 'T0HOME', appId: 'A0APP' }
const command = { api_app_id: 'A0APP', team_id: 'T0HOME', is_enterprise_install: 'false' }
const click = {
  api_app_id: 'A0APP',
  team: { id: 'T0HOME' },
  user: { id: 'U1', team_id: 'T0HOME' },
  enterprise: null,
  is_enterprise_install: false,
}
const event = {
  api_app_id: 'A0APP',
  team_id: 'T0HOME',
  authorizations: [{ team_id: 'T0HOME', is_enterprise_install: false }],
}

describe('the tenant of a payload', () => {
  it.each([
    ['a command from home', command, undefined],
    ['a click from home', click, undefined],
    ['an event from home', event, undefined],
    ['a workspace that belongs to an organisation', { ...command, enterprise_id: 'E1' }, undefined],
    ['another app', { ...command, api_app_id: 'A0OTHER' }, 'app'],
    ['no app', { ...command, api_app_id: undefined }, 'app'],
    ['another team', { ...command, team_id: 'T0OTHER' }, 'team'],
    ['another team of a click', { ...click, team: { id: 'T0OTHER' } }, 'team'],
    ['a null team', { ...click, team: null }, 'team'],
    ['no team', { ...command, team_id: undefined }, 'team'],
    ['an empty team', { ...command, team_id: '' }, 'team'],
    [
      'an organisation-wide install, as a command says it',
      { ...command, is_enterprise_install: 'true' },
      'org-install',
    ],
    [
      'an organisation-wide install, as a click says it',
      { ...click, is_enterprise_install: true },
      'org-install',
    ],
    [
      'an organisation-wide install, as an event says it',
      { ...event, authorizations: [{ is_enterprise_install: true }] },
      'org-install',
    ],
    [
      'a person of another team',
      { ...click, user: { id: 'U1', team_id: 'T0OTHER' } },
      'shared-user',
    ],
  ])('%s', (_name, body, code) => {
    expect(admit(body, home)?.code).toBe(code)
  })

  it('may be an organisation when one is expected, and then must be that one', () => {
    const org = { ...home, enterprise: 'E1' }
    const fromOrg = { ...click, team: null, enterprise: { id: 'E1' }, is_enterprise_install: true }
    expect(admit(fromOrg, org)).toBeUndefined()
    expect(admit({ ...fromOrg, enterprise: { id: 'E2' } }, org)?.code).toBe('enterprise')
    expect(admit(click, org)?.code).toBe('enterprise')
  })

  it('tells the person in a sentence', () => {
    expect(admit({ ...click, team: null }, home)?.sentence).toMatch(/workspace/)
  })

  it('is read from whatever shape', () => {
    const nothing = {
      app: undefined,
      team: undefined,
      enterprise: undefined,
      orgInstall: false,
      userTeam: undefined,
    }
    expect(tenantOf({})).toEqual(nothing)
    expect(tenantOf({ team: 7, user: 'x', authorizations: 'y', team_id: [] })).toEqual(nothing)
  })
})
