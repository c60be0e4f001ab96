import type { Body } from './envelope.ts'
import { isBody } from './envelope.ts'

/** Where a payload says it comes from. */
export interface Tenant {
  readonly app: string | undefined
  readonly team: string | undefined
  readonly enterprise: string | undefined
  readonly orgInstall: boolean
  /** The acting person's own team; only interactions carry it. */
  readonly userTeam: string | undefined
}

export interface ExpectedTenant {
  readonly team: string
  readonly appId?: string
  /** Set only when the app is installed for a whole Enterprise Grid organisation. */
  readonly enterprise?: string
}

export interface Foreign {
  readonly code: 'app' | 'enterprise' | 'org-install' | 'team' | 'shared-user'
  /** For the person who acted. */
  readonly sentence: string
}

const SENTENCES: Readonly<Record<Foreign['code'], string>> = {
  app: 'This came from another Slack app, so Lifeguard did nothing.',
  enterprise: 'This came from another organisation, so Lifeguard did nothing.',
  'org-install':
    'Lifeguard is set up for one workspace, not for the whole organisation. Ask whoever runs it to install it in this workspace.',
  team: 'Lifeguard is not set up for this workspace. Use it in its own workspace.',
  'shared-user':
    'Lifeguard works for members of its own workspace only. Ask a colleague there to do this for you.',
}

export function tenantOf(body: Body): Tenant {
  const team = object(body['team'])
  const user = object(body['user'])
  const authorization = Array.isArray(body['authorizations'])
    ? object(body['authorizations'][0])
    : undefined
  return {
    app: text(body['api_app_id']),
    team: text(body['team_id']) ?? text(team?.['id']),
    enterprise:
      text(body['enterprise_id']) ??
      text(object(body['enterprise'])?.['id']) ??
      text(team?.['enterprise_id']),
    orgInstall: truth(body['is_enterprise_install'], authorization?.['is_enterprise_install']),
    userTeam: text(user?.['team_id']),
  }
}

/** Why this payload is none of our business; undefined when it comes from home. */
export function admit(body: Body, expected: ExpectedTenant): Foreign | undefined {
  const code = foreignCode(tenantOf(body), expected)
  return code === undefined ? undefined : { code, sentence: SENTENCES[code] }
}

function foreignCode(tenant: Tenant, expected: ExpectedTenant): Foreign['code'] | undefined {
  const { appId, enterprise, team } = expected
  if (appId !== undefined && tenant.app !== appId) return 'app'
  if (enterprise !== undefined && tenant.enterprise !== enterprise) return 'enterprise'
  if (tenant.orgInstall && enterprise === undefined) return 'org-install'
  if (tenant.team === undefined ? enterprise === undefined : tenant.team !== team) return 'team'
  if (tenant.userTeam !== undefined && tenant.userTeam !== team) return 'shared-user'
  return undefined
}

/** Commands carry the flag as a string, events in their first authorization. */
function truth(...flags: readonly unknown[]): boolean {
  return flags.some((flag) => flag === true || flag === 'true')
}

function object(value: unknown): Body | undefined {
  return isBody(value) ? value : undefined
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
