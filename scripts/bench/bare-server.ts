// The yardstick: node:http alone, which reads the request and answers bytes that it was given.
import { createServer } from 'node:http'

const { headers, body } = JSON.parse(process.env.BARE_ANSWER ?? '{}') as { headers: Record<string, string>; body: string }
const { connection: _connection, date: _date, ...rest } = headers

const server = createServer((request, response) => {
  request.on('data', () => undefined).on('end', () => response.writeHead(200, rest).end(body))
})
server.keepAliveTimeout = 72_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`)
})
process.on('SIGTERM', () => process.exit(0))
