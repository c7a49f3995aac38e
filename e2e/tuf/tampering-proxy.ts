// Stands between clients and a live Fairway: passes everything on, but answers itself where the test says so.
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Gets what the server answered; ends the response itself. */
export type Tamper = (response: ServerResponse, genuine: Buffer) => void

export interface TamperingProxy {
  url: string
  /** By the end of the path, without a query. */
  tampers: Map<string, Tamper>
  passTo(server: string): void
  close(): Promise<void>
}

export async function createTamperingProxy(): Promise<TamperingProxy> {
  const tampers = new Map<string, Tamper>()
  let upstream = ''
  const proxy = createServer((request, response) => {
    pass(request, new URL(request.url ?? '', upstream)).then(
      ({ answer, bytes }) => {
        const tamper = tamperFor(tampers, request.url ?? '')
        if (tamper) return tamper(response, bytes)
        response.writeHead(answer.statusCode ?? 500, answer.headers)
        return response.end(bytes)
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
  return {
    // A server that listens on a port has an address object.
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    tampers,
    passTo: (server) => void (upstream = server),
    close: () =>
      new Promise<void>((done) => {
        proxy.close(() => done())
        proxy.closeAllConnections()
      }),
  }
}

/** The host stays that of the proxy, as behind any proxy that is set up well. */
async function pass(request: IncomingMessage, url: URL) {
  const body = await bytesOf(request)
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    ask(url, { method: request.method, headers: { ...request.headers, connection: 'close' } }, resolve)
      .on('error', reject)
      .end(body)
  })
  return { answer, bytes: await bytesOf(answer) }
}

function tamperFor(tampers: Map<string, Tamper>, url: string): Tamper | undefined {
  const path = url.split('?')[0] ?? ''
  return [...tampers].find(([end]) => path.endsWith(end))?.[1]
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of message) chunks.push(chunk)
  return Buffer.concat(chunks)
}
