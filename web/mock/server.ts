// The mock as an HTTP server: who asks, in which world, and what answers.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { answerApi } from './answer-api.ts'
import { freshId } from './dice.ts'
import { document } from './document.ts'
import { openLive } from './live.ts'
import { PERSONAS } from './personas.ts'
import { documentOf, Problem } from './problem.ts'
import { signInPage } from './sign-in-page.ts'
import { answerAuth, AUTH_PATH } from './sign-in-ways.ts'
import { answerUpload, UPLOADS_PATH } from './uploads.ts'
import { isScenario, type Scenario, type Worlds } from './worlds.ts'

interface Defaults {
  /** Where no cookie says another one. */
  scenario: Scenario
}

export function createMock(worlds: Worlds, { scenario }: Defaults): Server {
  return createServer((request, response) => {
    answer({ worlds, request, response, scenario }).catch((error: unknown) => refuse(error, response))
  })
}

interface Exchange {
  worlds: Worlds
  request: IncomingMessage
  response: ServerResponse
  scenario: Scenario
}

async function answer(exchange: Exchange) {
  const { request, response } = exchange
  const url = new URL(request.url ?? '/', 'http://mock')
  if (url.pathname === '/sign-in') return signIn(exchange, url.searchParams)
  if (url.pathname === '/sign-out') return signOut(request, response)
  if (url.pathname === '/api/openapi.json') return sendJson(response, 200, document)
  if (url.pathname.startsWith('/health')) return void response.end('{"status":"ok"}')
  const { me, world } = whoAsks(exchange)
  const lastEventId = request.headers['last-event-id']
  if (url.pathname === '/api/v1/live')
    return openLive(response, { world, me }, typeof lastEventId === 'string' ? lastEventId : undefined)
  if (url.pathname.startsWith(UPLOADS_PATH)) return answerUpload(world, request, response)
  if (url.pathname.startsWith(AUTH_PATH))
    return sendJson(response, 200, answerAuth({ me, world }, request.method ?? 'GET', url.pathname))
  const { status, body } = await answerApi({ me, world, request, url })
  if (body instanceof Buffer) return void response.writeHead(status, { 'content-type': 'application/octet-stream' }).end(body)
  if (body === undefined) return void response.writeHead(status).end()
  sendJson(response, status, body)
}

function sendJson(response: ServerResponse, status: number, body: unknown) {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body))
}

function whoAsks({ worlds, request, scenario }: Exchange) {
  const cookies = cookiesOf(request)
  const me = PERSONAS[cookies.get('mock-as') ?? '']?.me
  if (!me) throw new Problem(401, 'session.missing', { detail: 'Sign in first.' })
  const word = cookies.get('mock-scenario') ?? ''
  return { me, world: worlds.of(isScenario(word) ? word : scenario, me.kind) }
}

function cookiesOf({ headers }: IncomingMessage) {
  const pairs = (headers.cookie ?? '').split('; ').map((pair) => pair.split('='))
  return new Map(pairs.map(([name = '', value = '']) => [name, value]))
}

function signIn({ worlds, request, response, scenario }: Exchange, query: URLSearchParams) {
  const chosen = query.get('scenario') ?? cookiesOf(request).get('mock-scenario') ?? ''
  const world = isScenario(chosen) ? chosen : scenario
  const next = query.get('next') ?? ''
  const as = query.get('as') ?? ''
  if (query.has('anew')) worlds.makeAnew(world)
  const cookies = [`mock-scenario=${world}; Path=/`]
  if (!PERSONAS[as]) return void send(response, signInPage(world, next), cookies)
  // Only to a page of ours.
  const location = /^\/(?!\/)/.test(next) ? next : '/'
  response.writeHead(303, { location, 'set-cookie': [...cookies, `mock-as=${as}; Path=/`] }).end()
}

function signOut({ method }: IncomingMessage, response: ServerResponse) {
  const status = method === 'POST' ? 204 : 303
  response.writeHead(status, { 'set-cookie': 'mock-as=; Path=/; Max-Age=0', location: '/sign-in' }).end()
}

function send(response: ServerResponse, page: string, cookies: string[]) {
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'set-cookie': cookies }).end(page)
}

function refuse(error: unknown, response: ServerResponse) {
  const isOurs = error instanceof Problem
  if (!isOurs) console.error(error)
  const problem = isOurs
    ? error
    : new Problem(500, 'request.failed', { detail: 'Something went wrong in the mock; its console says what.' })
  const body = documentOf(problem, freshId('rq'))
  if (!response.headersSent) response.writeHead(problem.status, { 'content-type': 'application/problem+json' })
  response.end(JSON.stringify(body))
}
