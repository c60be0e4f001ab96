import { world } from '../world.ts'

/** What Slack would answer to the few methods that the bot calls. */
export function slackAnswer(method: string, text: string, socketUrl: string): object {
  const sent = new URLSearchParams(text)
  const answer = ANSWERS[method]
  if (!answer) return { ok: false, error: 'unknown_method' }
  return { ok: true, ...answer(sent, socketUrl) }
}

const ANSWERS: Readonly<Record<string, (sent: URLSearchParams, socketUrl: string) => object>> = {
  'auth.test': () => ({
    url: 'https://bench.slack.com/',
    team_id: world.team,
    user_id: world.botUserId,
    bot_id: world.botId,
  }),
  'apps.connections.open': (_sent, url) => ({ url }),
  'conversations.info': (sent) => ({
    channel: { id: sent.get('channel'), is_member: true, is_archived: false, is_ext_shared: false },
  }),
  'conversations.history': () => ({ messages: [] }),
  'users.info': (sent) => ({
    user: {
      id: sent.get('user'),
      team_id: world.team,
      name: 'ada',
      deleted: false,
      is_bot: false,
      is_restricted: false,
      is_ultra_restricted: false,
      profile: { real_name: 'Ada Lovelace' },
    },
  }),
  'usergroups.users.list': (sent) => ({
    users: sent.get('usergroup') === world.supportGroup ? [world.person] : [],
  }),
  'views.open': () => ({ view: { id: 'V0BENCH' } }),
  'views.update': () => ({ view: { id: 'V0BENCH' } }),
  'chat.postMessage': (sent) => ({ ts: '1700000000.000100', channel: sent.get('channel') }),
  'chat.update': (sent) => ({ ts: sent.get('ts'), channel: sent.get('channel') }),
}
