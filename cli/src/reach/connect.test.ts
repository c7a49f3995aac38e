// The way to the server, against a real one that fails as told.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { ask } from './ask.ts'
import { connect } from './connect.ts'
import { readPages } from './read-pages.ts'

type Turn = (request: IncomingMessage, response: ServerResponse) => void

const cut: Turn = (request) => request.socket.destroy()
const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Turn =>
  (_request, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))

/** Takes the turns one by one; the last one for ever. */
async function aServer(...turns: Turn[]) {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    request.resume()
    turns[Math.min(requests.length, turns.length) - 1]?.(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close().closeAllConnections())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { url, requests, client: connect({ server: url, token: 'fw_0123456789abcdef_x' }, { backoffMs: 1, timeoutMs: 500 }) }
}

const products = { items: [], next: null }

test('a read is tried three times', async () => {
  const { client, requests } = await aServer(cut, answer(503, {}), answer(200, products))

  await expect(ask(client.GET('/api/v1/products'))).resolves.toEqual(products)
  expect(requests).toHaveLength(3)
})

test('after three tries it says which server, and what to check', async () => {
  const { client, requests, url } = await aServer(cut)

  await expect(ask(client.GET('/api/v1/products'))).rejects.toMatchObject({
    exitCode: 6,
    message: `We cannot reach ${url}: the connection was cut.`,
    advice: expect.stringContaining('Check that Fairway runs there'),
  })
  expect(requests).toHaveLength(3)
})

test('a write is tried once, since nobody knows whether it was done', async () => {
  const { client, requests } = await aServer(cut)

  await expect(ask(client.POST('/api/v1/products', { body: { id: 'a', name: 'A' } }))).rejects.toMatchObject({ exitCode: 6 })
  expect(requests).toHaveLength(1)
})

test('every write has a key of its own, and a read has none', async () => {
  const { client, requests } = await aServer(answer(200, products))

  await ask(client.GET('/api/v1/products'))
  await ask(client.POST('/api/v1/products', { body: { id: 'a', name: 'A' } }))
  await ask(client.POST('/api/v1/products', { body: { id: 'b', name: 'B' } }))

  const [read, ...writes] = requests.map(({ headers }) => headers['idempotency-key'])
  expect(read).toBeUndefined()
  expect(writes.every((key) => /^[0-9a-f-]{36}-\d+$/.test(String(key)))).toBe(true)
  expect(new Set(writes).size).toBe(2)
})

test('a server that never answers is given up', async () => {
  const { client } = await aServer(() => undefined)

  await expect(ask(client.GET('/api/v1/products'))).rejects.toMatchObject({
    exitCode: 6,
    message: expect.stringContaining('in time'),
  })
})

test('the token follows no redirect', async () => {
  const elsewhere = await aServer(answer(200, products))
  const { client } = await aServer(answer(302, {}, { location: `${elsewhere.url}/api/v1/products`, 'content-type': 'text/html' }))

  await expect(ask(client.GET('/api/v1/products'))).rejects.toMatchObject({
    exitCode: 6,
    message: expect.stringContaining(elsewhere.url),
  })
  expect(elsewhere.requests).toHaveLength(0)
})

test('a page in place of an answer is no Fairway', async () => {
  const { client } = await aServer(answer(200, 'hello', { 'content-type': 'text/html' }))

  await expect(ask(client.GET('/api/v1/products'))).rejects.toMatchObject({ exitCode: 6, code: 'server.not_fairway' })
})

test('an answer without content is an answer', async () => {
  const { client } = await aServer((_request, response) => response.writeHead(204).end())

  await expect(ask(client.DELETE('/api/v1/tokens/{tokenId}', { params: { path: { tokenId: 'tk_1' } } }))).resolves.toBeUndefined()
})

test('--all reads every page, and no page twice', async () => {
  const asked: unknown[] = []

  const page = await readPages({ all: true }, async (at) => {
    asked.push(at)
    return at.after === undefined ? { items: [1, 2], next: 'two' } : { items: [3], next: null }
  })

  expect(page).toEqual({ items: [1, 2, 3], next: null })
  expect(asked).toEqual([{ limit: 100 }, { limit: 100, after: 'two' }])
})
