import type { Config } from '../config.ts'
import { loadConfig, loadInventory, storePlace } from '../config.ts'
import { Faults } from '../core/faults.ts'
import { checkAws } from './doctor/aws.ts'
import type { Finding } from './doctor/finding.ts'
import { examine, ill, linesOf, well } from './doctor/finding.ts'
import { checkPolicy } from './doctor/policy.ts'
import { checkSlack } from './doctor/slack.ts'
import { checkStore } from './doctor/store.ts'
import type { Command, Io } from './command.ts'
import { policySourceOf } from './policy-source.ts'

/** Looks at everything Lifeguard needs, with what it is started with. Changes nothing in Slack and AWS. */
export const doctor: Command = {
  name: 'doctor',
  takes: '',
  most: 0,
  summary: 'Check settings, policy, store, AWS and Slack, and say what to do.',
  async run(_args, io) {
    let ailing = false
    for (const check of checksOf(io)) {
      const findings = await check
      ailing ||= findings.some(({ ok }) => !ok)
      findings.flatMap(linesOf).forEach((line) => io.print(line))
    }
    return ailing ? 1 : 0
  },
}

/** All begun at once, in the order in which they are told. What needs a setting that is wrong is left out. */
function checksOf(io: Io): readonly Promise<readonly Finding[]>[] {
  const config = read(() => loadConfig(io.env))
  const inventory = config.value ?? read(() => loadInventory(io.env)).value
  const place = config.value?.store ?? read(() => storePlace(io.env)).value
  return [
    examine('Settings', () => settings(config)),
    ...when(inventory, () => examine('Policy', () => checkPolicy(policySourceOf(io)))),
    ...when(place, (there) => examine('Store', () => checkStore(there))),
    ...when(inventory, (known) => examine('AWS', () => checkAws(known))),
    ...when(config.value, (whole) => examine('Slack', () => checkSlack(whole))),
  ]
}

type Read<T> = { readonly value: T } | { readonly value?: undefined; readonly faults: Faults }

function read<T>(load: () => T): Read<T> {
  try {
    return { value: load() }
  } catch (error) {
    if (error instanceof Faults) return { faults: error }
    throw error
  }
}

function settings(config: Read<Config>): readonly Finding[] {
  if (config.value === undefined)
    return config.faults.faults.map(({ where, sentence }) => ill(where, sentence))
  const { slack, http, groups, environments, accounts, aws } = config.value
  const door = slack.appToken
    ? 'Slack comes over Socket Mode'
    : `Slack comes over HTTP to ${http.host}:${http.port}/slack/events`
  const counts = [
    many(groups, 'group'),
    many(environments, 'environment'),
    many(accounts, 'account'),
  ]
  const notes = aws.endpoints.map((endpoint) => `${endpoint} stands in for AWS’s own address.`)
  return [well('Settings', `${counts.join(', ')}. ${door}.`, notes)]
}

function many(things: readonly unknown[], thing: string): string {
  return `${things.length} ${thing}${things.length === 1 ? '' : 's'}`
}

function when<T, R>(value: T | undefined, then: (value: T) => R): readonly R[] {
  return value === undefined ? [] : [then(value)]
}
