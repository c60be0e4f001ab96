import { validateBlockKit } from '../block-kit/validate.ts'
import { type JsonRecord, record } from '../json.ts'
import { appId, botId, botUserId } from '../workspace.ts'
import { type Methods, Refused } from './method.ts'

function validated(
  args: JsonRecord,
): readonly [
  'invalid_view' | 'invalid_message' | 'invalid_blocks',
  ReturnType<typeof validateBlockKit>,
] {
  if (args['view'] !== undefined) return ['invalid_view', validateBlockKit({ view: args['view'] })]
  if (args['message'] !== undefined)
    return ['invalid_message', validateBlockKit({ blocks: record(args['message'])['blocks'] })]
  return ['invalid_blocks', validateBlockKit({ blocks: args['blocks'] })]
}

export const appMethods: Methods = {
  'api.test': { token: 'any', run: (args) => ({ args }) },
  'auth.test': {
    token: 'any',
    run: (_args, { team }) => ({
      url: `https://${team.domain}.slack.com/`,
      team: team.name,
      user: 'app',
      team_id: team.id,
      user_id: botUserId,
      bot_id: botId,
      app_id: appId,
      is_enterprise_install: false,
    }),
  },
  'apps.connections.open': {
    tier: 3,
    token: 'app',
    run: (_args, host) => ({ url: host.socketUrl() }),
  },
  'blocks.validate': {
    token: 'any',
    run: (args) => {
      const [code, errors] = validated(args)
      if (errors.length > 0) throw new Refused(code, { errors })
      return {}
    },
  },
}
