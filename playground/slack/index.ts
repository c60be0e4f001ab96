import { PersonAtSlack } from './actor.ts'
import { Asking } from './asking.ts'
import { Deliveries } from './deliveries.ts'
import { faultsOf, PlannedFaults } from './faults.ts'
import { HttpDelivery } from './http-delivery.ts'
import { readManifest } from './manifest.ts'
import { eventBody, personOf } from './payloads.ts'
import { Search } from './search.ts'
import { listen, portOf, stop } from './server.ts'
import { channelView, directMessages, snapshot } from './snapshot.ts'
import { Sockets } from './sockets.ts'
import type { Actor, LocalSlack, SlackOptions } from './types.ts'
import { RateTiers } from './web-api/rate-tiers.ts'
import { WebApi } from './web-api/serve.ts'
import { appId, botId, botUserId, createWorkspace, type Workspace } from './workspace.ts'

export { validateBlockKit } from './block-kit/validate.ts'
export { limits } from './block-kit/limits.ts'
export { virtualClock, type VirtualClock } from './clock.ts'
export type * from './types.ts'

/** Runs a Slack workspace on loopback that speaks as documented: Web API, signed HTTP and Socket Mode. */
export async function startSlack(options: SlackOptions = {}): Promise<LocalSlack> {
  const manifest = options.manifest === undefined ? undefined : await readManifest(options.manifest)
  let origin = ''
  const workspace = createWorkspace(options, () => origin, manifest)
  const planned = new PlannedFaults()
  const sockets = new Sockets(workspace, planned)
  const http = new HttpDelivery(options.deliverTo, workspace.tokens.signing, workspace.clock)
  const transport = () => (http.url === undefined ? sockets : http)
  const deliveries = new Deliveries(workspace, transport, planned)
  const socketUrl = () =>
    `${origin.replace('http', 'ws')}/link/?ticket=${sockets.ticket()}&app_id=${appId}`
  const tiers = options.strict?.rateTiers === true ? new RateTiers() : undefined
  const api = new WebApi({ ...workspace, socketUrl }, planned, tiers, options.latencyMs ?? 0)
  const server = await listen(options.port ?? 0, api, sockets, workspace)
  origin = `http://127.0.0.1:${portOf(server)}`
  const settleMs = options.settleMs ?? 250

  return {
    ...identity(workspace),
    ...views(workspace),
    ...changes(workspace),
    url: `${origin}/api/`,
    deliveries: deliveries.records,
    calls: api.calls,
    faults: faultsOf(planned, sockets.strikes),
    get connections() {
      return sockets.open.length
    },
    deliverTo: (url) => {
      http.url = url
    },
    connected: async (connections = 1) => {
      const there = () => sockets.open.length >= connections
      if ((await workspace.changes.until(there, 10_000)) === undefined)
        throw new Error(`${sockets.open.length} of ${connections} connections came in 10 s.`)
    },
    person: (id): Actor => {
      const { id: user } = personOf(workspace, id)
      const asking = new Asking(user, workspace, deliveries, settleMs)
      return new PersonAtSlack(user, workspace, asking, new Search(user, workspace, deliveries))
    },
    event: (event) => deliveries.send('event', eventBody(workspace, event)),
    deliverRaw: async (raw) => {
      const { status, body } = await http.raw(raw)
      return { status, body }
    },
    sendFrame: (frame) => sockets.sendFrame(frame),
    close: async () => {
      deliveries.close()
      http.close()
      await sockets.close()
      await stop(server)
    },
  }
}

function identity({ tokens, team, clock }: Workspace) {
  return {
    signingSecret: tokens.signing,
    botToken: tokens.bot,
    appToken: tokens.app,
    team,
    clock,
    appId,
    botId,
    botUserId,
  }
}

/** What there is to see. */
function views(workspace: Workspace) {
  const { people, usergroups, conversations, messages, problems } = workspace
  return {
    problems: problems.list,
    users: () => [...people.values()].filter((person) => person.id !== botUserId),
    usergroups: () => [...usergroups.values()],
    channel: (idOrName: string) => {
      const channel = conversations.channel(idOrName)
      if (!channel) throw new Error(`There is no channel ${idOrName}.`)
      return channelView(workspace, channel)
    },
    directMessages: (user: string) => directMessages(workspace, user),
    ephemerals: (user: string) => messages.ephemeralTo(user),
    home: (user: string) => workspace.views.home(user),
    snapshot: (user: string) => snapshot(workspace, user),
  } satisfies Partial<LocalSlack>
}

/** What can be changed from outside, and waiting for changes. */
function changes(workspace: Workspace) {
  return {
    setUser: (id, patch) => {
      workspace.people.set(id, { ...personOf(workspace, id), ...patch })
      workspace.changes.tellEveryone()
    },
    setUsergroup: (id, users) => {
      const group = workspace.usergroups.get(id) ?? { id, handle: id.toLowerCase() }
      workspace.usergroups.set(id, { ...group, users })
      workspace.changes.tellEveryone()
    },
    setChannel: (id, patch) => {
      workspace.conversations.change(id, patch)
      workspace.changes.tellEveryone()
    },
    guardSecret: (isSecret) => workspace.problems.guard(isSecret),
    until: async <T>(look: () => T | undefined | false, timeoutMs = 5000) => {
      const found = await workspace.changes.until(look, timeoutMs)
      if (found === undefined) throw new Error(`Nothing was found within ${timeoutMs} ms.`)
      return found
    },
    onChange: (listener) => workspace.changes.on(listener),
  } satisfies Partial<LocalSlack>
}
