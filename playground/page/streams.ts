import type { ServerResponse } from 'node:http'

/** Open pages, each kept up to date with its persona's picture over server-sent events. */
export interface Streams {
  open(person: string, response: ServerResponse): void
  /** Something changed: every page gets a new picture within a moment. */
  changed(): void
  close(): void
}

/** Several changes of one moment become one picture. */
const GATHER_MS = 40
const HEARTBEAT_MS = 15_000

export function openStreams(pictureFor: (person: string) => unknown): Streams {
  const pages = new Map<ServerResponse, string>()
  let gathering: NodeJS.Timeout | undefined
  const send = (response: ServerResponse, person: string) =>
    void response.write(`data: ${JSON.stringify(pictureFor(person))}\n\n`)
  const sendAll = () => {
    gathering = undefined
    for (const [response, person] of pages) send(response, person)
  }
  const heartbeat = setInterval(() => {
    for (const response of pages.keys()) response.write(': still here\n\n')
  }, HEARTBEAT_MS)

  return {
    open(person, response) {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.on('close', () => pages.delete(response))
      pages.set(response, person)
      send(response, person)
    },
    changed() {
      if (pages.size > 0) gathering ??= setTimeout(sendAll, GATHER_MS)
    },
    close() {
      clearInterval(heartbeat)
      clearTimeout(gathering)
      for (const response of pages.keys()) response.end()
    },
  }
}
