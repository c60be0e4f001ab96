import type { WebClient } from '@slack/web-api'
import type { Config } from '../../config.ts'
import { slackLog } from '../../slack/bolt-log.ts'
import { slackFault } from '../../slack/slack-fault.ts'
import { createWebClients } from '../../slack/web-clients.ts'
import type { Finding } from './finding.ts'
import { ill, well } from './finding.ts'

const quiet = () => undefined
const SILENT = { debug: quiet, info: quiet, warn: quiet, error: quiet }

type SlackPlaces = Pick<Config, 'slack' | 'groups'>

/** Whether Lifeguard is let in, sees its channels, and can read who is in the groups. */
export async function checkSlack({ slack, groups }: SlackPlaces): Promise<readonly Finding[]> {
  const { botToken, apiUrl } = slack
  const clients = createWebClients({
    botToken,
    slackLog: slackLog(SILENT),
    metrics: { slackCall: quiet },
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
  })
  const { background: client } = clients
  try {
    const bot = await checkBot(client, slack)
    if (!bot.ok) return [bot]
    const others = await Promise.all([
      ...socketChecks(client, slack),
      checkChannel(client, 'audit_channel', slack.auditChannel),
      ...approvalsCheck(client, slack),
      ...groups.map((group) => checkGroup(client, group)),
    ])
    return [bot, ...others]
  } finally {
    await clients.close()
  }
}

type SlackConfig = SlackPlaces['slack']

/** Also reads the bot’s own profile: without `users:read` nobody would be let in. */
async function checkBot(client: WebClient, { team }: SlackConfig): Promise<Finding> {
  return asking('Slack', async () => {
    const me = await client.auth.test()
    if (me.team_id !== team)
      return ill(
        'Slack',
        `SLACK_BOT_TOKEN belongs to the workspace ${me.team_id}, and lifeguard.yml names ${team}. Correct one of the two.`,
      )
    if (!me.bot_id || !me.user_id)
      return ill('Slack', 'SLACK_BOT_TOKEN is not the token of a bot. Copy the one that is.')
    await client.users.info({ user: me.user_id })
    return well('Slack', `signed in to the workspace ${team} as ${me.user_id}.`)
  })
}

function socketChecks(client: WebClient, { appToken }: SlackConfig): readonly Promise<Finding>[] {
  const what = 'Slack Socket Mode'
  if (!appToken) return []
  return [
    asking(
      what,
      async () => {
        await client.apps.connections.open({ token: appToken.reveal() })
        return well(what, 'SLACK_APP_TOKEN may open connections.')
      },
      APP_TOKEN_ADVICE,
    ),
  ]
}

function approvalsCheck(
  client: WebClient,
  { approvalsChannel, auditChannel }: SlackConfig,
): readonly Promise<Finding>[] {
  return approvalsChannel === undefined || approvalsChannel === auditChannel
    ? []
    : [checkChannel(client, 'approvals_channel', approvalsChannel)]
}

async function checkChannel(client: WebClient, setting: string, id: string): Promise<Finding> {
  const what = `Slack ${setting} ${id}`
  return asking(what, async () => {
    const { channel } = await client.conversations.info({ channel: id })
    if (channel?.is_archived)
      return ill(what, `it is archived. Unarchive it, or set ${setting} to another one.`)
    if (channel?.is_ext_shared || channel?.is_pending_ext_shared)
      return ill(what, `it is shared with another company. Set ${setting} to one that is not.`)
    if (channel?.is_member === false)
      return ill(what, 'Lifeguard is not a member. Type /invite @Lifeguard in it.')
    return well(what, 'Lifeguard is a member, and it is not shared.')
  })
}

async function checkGroup(client: WebClient, group: Config['groups'][number]): Promise<Finding> {
  const what = `Slack group ${group.name}`
  return asking(what, async () => {
    const members = group.usergroup ? await membersOf(client, group.usergroup) : []
    const strangers = await missing(client, group.users)
    if (strangers.length > 0)
      return ill(
        what,
        `Slack does not know ${strangers.join(', ')}. Correct users in lifeguard.yml.`,
      )
    const size = new Set([...members, ...group.users]).size
    const notes = size === 0 ? ['What the policy permits to this group, nobody may do.'] : []
    return well(what, size === 1 ? '1 person.' : `${size} people.`, notes)
  })
}

async function membersOf(client: WebClient, usergroup: string): Promise<readonly string[]> {
  const { users = [] } = await client.usergroups.users.list({ usergroup })
  return users
}

async function missing(client: WebClient, users: readonly string[]): Promise<readonly string[]> {
  const found: string[] = []
  for (const user of users)
    await client.users.info({ user }).catch((error: unknown) => {
      if (slackFault(error).code !== 'user_not_found') throw error
      found.push(user)
    })
  return found
}

async function asking(
  what: string,
  ask: () => Promise<Finding>,
  advice: Advice = ADVICE,
): Promise<Finding> {
  try {
    return await ask()
  } catch (error) {
    return ill(what, adviceFor(slackFault(error).code, advice))
  }
}

/** By Slack’s error codes: what is wrong, and what to do. */
type Advice = Readonly<Record<string, readonly [wrong: string, remedy: string]>>

const NO_BOT_TOKEN = [
  'Slack does not accept SLACK_BOT_TOKEN',
  'Install the app again and copy the new token.',
] as const
const NO_APP_TOKEN = [
  'Slack does not accept SLACK_APP_TOKEN',
  'Generate one with connections:write (Basic Information, App-Level Tokens).',
] as const
const NO_USERGROUP = ['there is no such user group', 'Correct usergroup in lifeguard.yml.'] as const

const ADVICE: Advice = {
  invalid_auth: NO_BOT_TOKEN,
  not_authed: NO_BOT_TOKEN,
  account_inactive: NO_BOT_TOKEN,
  token_revoked: NO_BOT_TOKEN,
  not_allowed_token_type: NO_BOT_TOKEN,
  missing_scope: ['a permission is missing', 'Install the app again from manifest.yml.'],
  channel_not_found: [
    'there is no such channel, or it is private and Lifeguard was not invited',
    'Correct the id, or type /invite @Lifeguard in it.',
  ],
  no_such_subteam: NO_USERGROUP,
  subteam_not_found: NO_USERGROUP,
  rate_limited: ['Slack is asked too often just now', 'Run this again in a minute.'],
}

const APP_TOKEN_ADVICE: Advice = {
  ...ADVICE,
  invalid_auth: NO_APP_TOKEN,
  not_authed: NO_APP_TOKEN,
  token_revoked: NO_APP_TOKEN,
  not_allowed_token_type: NO_APP_TOKEN,
  missing_scope: NO_APP_TOKEN,
}

const UNREACHABLE = ['Slack cannot be reached', 'Check the network and SLACK_API_URL.'] as const
const OTHER = ['Slack refused', 'Look the code up in Slack’s API reference.'] as const

function adviceFor(code: string, advice: Advice): string {
  const known = Object.hasOwn(advice, code) ? advice[code] : undefined
  const unanswered = /^(not_sent|no_answer|unreadable|http_\d+)$/.test(code)
  const [wrong, remedy] = known ?? (unanswered ? UNREACHABLE : OTHER)
  return `${wrong} (${code}). ${remedy}`
}
