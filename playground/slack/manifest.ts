import { readFile } from 'node:fs/promises'
import { parse } from 'yaml'
import { record, records, string, strings } from './json.ts'

/** What Slack knows of the app from its manifest. */
export interface Manifest {
  readonly name: string
  readonly commands: readonly string[]
  readonly shortcuts: readonly string[]
  readonly events: readonly string[]
  readonly scopes: readonly string[]
}

const named = (list: unknown, member: string): readonly string[] =>
  records(list).flatMap((item) => string(item[member]) ?? [])

export async function readManifest(path: string): Promise<Manifest> {
  const manifest = record(parse(await readFile(path, 'utf8')))
  const features = record(manifest['features'])
  return {
    name: string(record(manifest['display_information'])['name']) ?? 'app',
    commands: named(features['slash_commands'], 'command'),
    shortcuts: named(features['shortcuts'], 'callback_id'),
    events: strings(record(record(manifest['settings'])['event_subscriptions'])['bot_events']),
    scopes: strings(record(record(manifest['oauth_config'])['scopes'])['bot']),
  }
}
