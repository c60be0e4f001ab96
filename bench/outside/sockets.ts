import { once } from 'node:events'
import type { IncomingMessage, Server } from 'node:http'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'

const HELLO = JSON.stringify({
  type: 'hello',
  num_connections: 1,
  debug_info: { host: 'bench', approximate_connection_time: 3600 },
  connection_info: { app_id: 'A0BENCH' },
})

/** Socket Mode: sends envelopes on the newest connection of a side, each when the one before was acknowledged. */
export class Sockets {
  readonly #newest = new Map<string, WebSocket>()
  #sent = 0

  listenOn(server: Server): void {
    new WebSocketServer({ server }).on('connection', (socket, request) => {
      this.#newest.set(sideOf(request), socket)
      socket.send(HELLO)
      const pings = setInterval(() => socket.ping(), 5000)
      socket.once('close', () => clearInterval(pings))
    })
  }

  async send(side: string, count: number, body: string): Promise<void> {
    const socket = this.#newest.get(side)
    if (!socket) throw new Error('No Socket Mode connection is open.')
    for (let sent = 0; sent < count; sent++) {
      const id = `${(this.#sent += 1)}`
      const acknowledged = once(socket, 'message')
      socket.send(
        `{"type":"slash_commands","envelope_id":"${id}","accepts_response_payload":true,"payload":${body}}`,
      )
      await acknowledged
    }
  }
}

/** `/link/floor` */
function sideOf({ url = '' }: IncomingMessage): string {
  return new URL(url, 'ws://local').pathname.split('/').at(-1) ?? ''
}
