import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Sockets } from './sockets.ts'
import type { WebApi } from './web-api/serve.ts'
import type { Workspace } from './workspace.ts'

function route(
  request: IncomingMessage,
  response: ServerResponse,
  api: WebApi,
  workspace: Workspace,
): void {
  const [path = '', query = ''] = (request.url ?? '').split('?')
  const method = /^\/api\/([a-zA-Z.]{1,80})$/u.exec(path)?.[1]
  if (method !== undefined) {
    api.serve(method, query, request, response).catch((error: unknown) => {
      workspace.problems.add(`${method}: the local Slack failed: ${String(error)}`)
      request.socket.destroy()
    })
    return
  }
  if (path.startsWith('/response/'))
    workspace.problems.add('response_url was called; answers go through the Web API')
  response.writeHead(path.startsWith('/response/') ? 200 : 404).end()
}

/** Listens on loopback for the Web API, response URLs and Socket Mode. */
export async function listen(
  port: number,
  api: WebApi,
  sockets: Sockets,
  workspace: Workspace,
): Promise<Server> {
  const server = createServer((request, response) => route(request, response, api, workspace))
  // Slack keeps connections open and gives no Keep-Alive hint.
  server.keepAliveTimeout = 0
  server.on('upgrade', (request, stream, head) => sockets.upgrade(request, stream, head))
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  return server
}

export const portOf = (server: Server): number => (server.address() as AddressInfo).port

export async function stop(server: Server): Promise<void> {
  const closed = new Promise((resolve) => {
    server.close(resolve)
  })
  server.closeAllConnections()
  await closed
}
