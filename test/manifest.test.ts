import { globSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { usageHint } from '../scripts/usage-hint.ts'
import { operations } from '../src/operations/index.ts'
import { COMMAND } from '../src/slack/ids.ts'
import { routed } from '../src/slack/router.ts'

/** The parts of Slack's published manifest schema (2.0) that the manifest uses, with their limits. */
const manifestSchema = z.strictObject({
  _metadata: z.strictObject({ major_version: z.int(), minor_version: z.int() }),
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().min(1).max(140),
    background_color: z.string().regex(/^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$/),
  }),
  features: z.strictObject({
    bot_user: z.strictObject({
      display_name: z.string().min(1).max(80),
      always_online: z.boolean(),
    }),
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    slash_commands: z
      .array(
        z.strictObject({
          command: z.string().regex(/^\//).min(2).max(32),
          description: z.string().min(1).max(2000),
          usage_hint: z.string().min(1).max(1000),
          should_escape: z.boolean(),
        }),
      )
      .min(1)
      .max(50),
  }),
  oauth_config: z.strictObject({ scopes: z.strictObject({ bot: z.array(z.string()).min(1) }) }),
  settings: z.strictObject({
    interactivity: z.strictObject({ is_enabled: z.literal(true) }),
    event_subscriptions: z.strictObject({ bot_events: z.array(z.string()).min(1).max(100) }),
    socket_mode_enabled: z.literal(true),
    org_deploy_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
})

/** Which scopes each Web API method asks of a bot (Slack's method pages). */
const SCOPES_OF: Readonly<Record<string, readonly string[]>> = {
  'auth.test': [],
  'apps.connections.open': [],
  'views.open': [],
  'views.push': [],
  'views.update': [],
  'views.publish': [],
  'chat.update': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.postEphemeral': ['chat:write'],
  'users.info': ['users:read'],
  'usergroups.users.list': ['usergroups:read'],
  'conversations.info': ['channels:read', 'groups:read'],
  'conversations.history': ['channels:history', 'groups:history'],
}

const manifest = manifestSchema.parse(parse(readFileSync('manifest.yml', 'utf8')))
const source = globSync('src/slack/**/*.ts')
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')

function methodsUsed(): readonly string[] {
  const calls = source.matchAll(
    /\.(views|chat|users|usergroups|conversations|auth|apps)((?:\.\w+)+)\(/g,
  )
  return [...new Set([...calls].map(([, family, rest]) => `${family}${rest}`))].toSorted()
}

describe('manifest.yml', () => {
  it('registers the one command that the router knows', () => {
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual([COMMAND])
  })

  it('hints at the first operations, in one short line', () => {
    const hint = manifest.features.slash_commands[0]?.usage_hint ?? ''
    expect(hint).toBe(usageHint(operations))
    expect(hint.length).toBeLessThan(110)
    expect(hint).toMatch(/^reset-password \[pool\] \[user\] \| .* \| help$/)
  })

  it('asks for exactly the scopes that the methods in use need, and commands', () => {
    const methods = methodsUsed()
    expect(methods.filter((method) => !(method in SCOPES_OF))).toEqual([])
    const needed = new Set(['commands', ...methods.flatMap((method) => SCOPES_OF[method] ?? [])])
    expect(manifest.oauth_config.scopes.bot.toSorted()).toEqual([...needed].toSorted())
  })

  it('subscribes to exactly the events that have a route, and shows the home that one of them draws', () => {
    const events = routed.flatMap((key) => (key.startsWith('event:') ? [key.slice(6)] : []))
    expect(manifest.settings.event_subscriptions.bot_events).toEqual(events)
    expect(manifest.features.app_home.home_tab_enabled).toBe(events.includes('app_home_opened'))
  })
})
