import { createServer } from 'node:http'

const server = createServer((_request, response) => response.end('ready'))
server.listen(Number(process.env['PORT']), '127.0.0.1')
console.log(`up with ${Object.keys(process.env).toSorted().join(' ')}`)
