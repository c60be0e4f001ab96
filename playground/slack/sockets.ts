import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { parseJson, record, string } from './json.ts'
import type { PlannedFaults } from './faults.ts'
import type { Parcel, Receipt, Transport } from './transport.ts'
import type { EnvelopeFault, Faults } from './types.ts'
import { appId, type Workspace } from './workspace.ts'

/** "up to 10 simultaneous connections" (docs.slack.dev, Socket Mode). */
const connectionLimit = 10
const pingEveryMs = 5000

interface Connection {
  readonly socket: WebSocket
  /** `leaving` after a disconnect frame: acknowledgements are taken, nothing new is sent. */
  state: 'open' | 'leaving' | 'deaf'
}

const envelopeTypes: Partial<Record<Parcel['kind'], string>> = {
  slash_commands: 'slash_commands',
  event: 'events_api',
}

/** Socket Mode: the app's connections, served in turn. */
export class Sockets implements Transport {
  readonly name = 'socket'
  readonly #workspace: Workspace
  readonly #planned: PlannedFaults
  readonly #server = new WebSocketServer({ noServer: true, autoPong: false })
  readonly #tickets = new Set<string>()
  readonly #waiting = new Map<string, (receipt: Receipt) => void>()
  readonly #pings: NodeJS.Timeout
  #connections: Connection[] = []
  #held: (() => void)[] = []
  #turn = 0
  #turnedAway = 0

  constructor(workspace: Workspace, planned: PlannedFaults) {
    this.#workspace = workspace
    this.#planned = planned
    this.#pings = setInterval(() => this.#ping(), pingEveryMs)
  }

  get open(): readonly Connection[] {
    return this.#connections.filter((connection) => connection.state === 'open')
  }

  ticket(): string {
    const ticket = this.#workspace.ids.next('ticket-')
    this.#tickets.add(ticket)
    return ticket
  }

  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
    const ticket = new URL(request.url ?? '/', 'http://local').searchParams.get('ticket')
    if (ticket === null || !this.#tickets.delete(ticket)) {
      stream.end('HTTP/1.1 401 Unauthorized\r\nconnection: close\r\n\r\n')
      return
    }
    this.#server.handleUpgrade(request, stream, head, (socket) => this.#greet(socket))
  }

  send(parcel: Parcel): Promise<Receipt> {
    const { promise, resolve } = Promise.withResolvers<Receipt>()
    this.#waiting.set(parcel.id, resolve)
    const frame = JSON.stringify(envelope(parcel))
    const fault = this.#planned.forEnvelope()
    if (fault?.kind === 'late') this.#workspace.clock.after(fault.ms, () => this.#route(frame))
    else if (fault?.kind === 'reorder') this.#held.push(() => this.#route(frame))
    else if (this.open.length === 0)
      return Promise.reject(new Error('No Socket Mode connection is open.'))
    else this.#route(frame, fault)
    return promise
  }

  sendFrame(frame: string): void {
    this.open[0]?.socket.send(frame)
  }

  readonly strikes: Pick<Faults, 'refresh' | 'drop' | 'halfOpen' | 'tooManyWebsockets'> = {
    refresh: (options = {}) => {
      const reason = options.reason ?? 'refresh_requested'
      for (const connection of this.open.slice(0, options.all === true ? undefined : 1)) {
        connection.socket.send(disconnect(reason))
        if (reason !== 'warning') connection.state = 'leaving'
      }
      this.#workspace.changes.tell()
    },
    drop: () => {
      for (const { socket } of this.#connections) socket.terminate()
    },
    halfOpen: () => {
      for (const connection of this.open) connection.state = 'deaf'
      this.#workspace.changes.tell()
    },
    tooManyWebsockets: (connections = 1) => {
      this.#turnedAway += connections
    },
  }

  /** Says goodbye to every connection; what does not answer is cut. */
  async close(): Promise<void> {
    clearInterval(this.#pings)
    await Promise.all(this.#connections.map(({ socket }) => goodbye(socket)))
    await new Promise((resolve) => {
      this.#server.close(resolve)
    })
  }

  #greet(socket: WebSocket): void {
    socket.on('error', () => socket.terminate())
    if (this.#turnedAway > 0 || this.#connections.length >= connectionLimit) {
      this.#turnedAway = Math.max(0, this.#turnedAway - 1)
      socket.send(disconnect('too_many_websockets'))
      socket.close()
      return
    }
    const connection: Connection = { socket, state: 'open' }
    this.#connections.push(connection)
    socket.on('ping', (bytes) => connection.state !== 'deaf' && socket.pong(bytes))
    socket.on('message', (bytes: Buffer) => this.#hear(connection, bytes.toString('utf8')))
    socket.on('close', () => {
      this.#connections = this.#connections.filter((one) => one !== connection)
      this.#workspace.changes.tell()
    })
    socket.send(JSON.stringify(hello(this.#connections.length)))
    this.#workspace.changes.tell()
  }

  /** Sends on the next open connection; what was held back goes after it. */
  #route(frame: string, fault?: EnvelopeFault): void {
    const open = this.open
    const connection = open[this.#turn % open.length]
    this.#turn += 1
    if (fault?.kind === 'drop-before-ack' && connection) cutAfter(frame, connection)
    else connection?.socket.send(frame)
    if (fault?.kind === 'duplicate') open[this.#turn % open.length]?.socket.send(frame)
    const held = this.#held
    this.#held = []
    for (const release of held) release()
  }

  #hear(connection: Connection, text: string): void {
    const frame = record(parseJson(text))
    const id = string(frame['envelope_id'])
    if (connection.state === 'deaf' || id === undefined) return
    const payload = record(frame['payload'])
    const settle = this.#waiting.get(id)
    this.#waiting.delete(id)
    settle?.({ status: 200, ack: Object.keys(payload).length === 0 ? undefined : payload })
  }

  #ping(): void {
    for (const { socket, state } of this.#connections) if (state !== 'deaf') socket.ping()
  }
}

/** Deaf from the moment of sending, so that an acknowledgement on the way is lost. */
function cutAfter(frame: string, connection: Connection): void {
  connection.state = 'deaf'
  connection.socket.send(frame, () => connection.socket.terminate())
}

async function goodbye(socket: WebSocket): Promise<void> {
  const gone = new Promise((resolve) => {
    socket.once('close', resolve)
  })
  const impatient = setTimeout(() => socket.terminate(), 500)
  socket.close(1001)
  await gone
  clearTimeout(impatient)
}

const hello = (connections: number) => ({
  type: 'hello',
  num_connections: connections,
  connection_info: { app_id: appId },
  debug_info: { host: 'local', build_number: 1, approximate_connection_time: 18_060 },
})

const disconnect = (reason: string): string =>
  JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'local' } })

function envelope(parcel: Parcel) {
  return {
    envelope_id: parcel.id,
    type: envelopeTypes[parcel.kind] ?? 'interactive',
    payload: parcel.body,
    accepts_response_payload: parcel.kind !== 'event',
    ...(parcel.kind === 'event'
      ? { retry_attempt: parcel.retry, retry_reason: parcel.retry === 0 ? '' : 'timeout' }
      : {}),
  }
}
