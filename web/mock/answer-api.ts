// Answers one request of the API: finds its operation in the document, checks what it brings, and asks its handler.
import type { IncomingMessage } from 'node:http'
import type { Me, Operation } from './contract.ts'
import { dieOf } from './dice.ts'
import { type Route, routes, schemas } from './document.ts'
import { type Schema, whyNotFits } from './fits.ts'
import { handlers } from './handlers/index.ts'
import { NEEDED } from './permissions.ts'
import { type FieldError, Problem } from './problem.ts'
import type { World } from './world.ts'

interface Request {
  me: Me
  world: World
  request: IncomingMessage
  url: URL
}

/** Of a world in which everything fails, so that there is a screen to show the failure on. */
const NEVER_FAIL: Operation[] = ['get /api/v1/me', 'get /api/v1/vendor']

export async function answerApi({ me, world, request, url }: Request): Promise<{ status: number; body: unknown }> {
  const method = (request.method ?? 'GET').toLowerCase()
  const parts = url.pathname.split('/').map(decodeURIComponent)
  const route = routes.find((one) => one.method === method && isAt(one, parts))
  if (!route)
    throw new Problem(404, 'request.unknown_route', { detail: `There is nothing at ${request.method} ${url.pathname}.` })
  if (world.isFailing && !NEVER_FAIL.includes(route.operation)) throw failureOf(url.pathname)
  refuseWhoMayNot(me, route.operation)
  const bytes = Buffer.concat(await request.toArray())
  const query = readQuery(route, url.searchParams)
  const body = readBody(route, bytes)
  const handler = handlerOf(route.operation)
  return { status: route.status, body: handler({ path: placeIn(route, parts), query, body, bytes, me, world }) }
}

interface AnyAsk {
  path: object
  query: object
  body: unknown
  bytes: Buffer
  me: Me
  world: World
}

/** The document says which it is, and whatever is asked was checked against it: here the types of all operations meet. */
export function handlerOf(operation: Operation) {
  const handler = (handlers as Record<string, unknown>)[operation] as ((ask: AnyAsk) => unknown) | undefined
  if (!handler) throw new Problem(501, 'request.not_mocked', { detail: `The mock has no answer to ${operation}.` })
  return handler
}

function isAt({ parts }: Route, asked: string[]) {
  return parts.length === asked.length && parts.every((part, index) => isName(part) || part === asked[index])
}

function isName(part: string) {
  return part.startsWith('{')
}

function placeIn({ parts }: Route, asked: string[]) {
  return Object.fromEntries(parts.flatMap((part, index) => (isName(part) ? [[part.slice(1, -1), asked[index] ?? '']] : [])))
}

function failureOf(path: string) {
  if (dieOf(path, 3) === 0)
    return new Problem(503, 'database.away', { detail: 'Our database is away for a moment. Try again in a few seconds.' })
  return new Problem(500, 'request.failed', { detail: 'Something went wrong on our side.' })
}

function refuseWhoMayNot({ permissions }: Me, operation: Operation) {
  const needed = NEEDED[operation]
  if (needed !== undefined && !permissions.includes(needed))
    throw new Problem(403, 'request.not_yours', { detail: `This needs the permission ${needed}.` })
}

function readQuery({ query }: Route, given: URLSearchParams) {
  const values = query.flatMap(({ name, schema }): [string, unknown][] => {
    const text = given.get(name)
    return text === null ? [] : [[name, toValue(text, schema)]]
  })
  refuseWrong(
    query.flatMap(({ name, schema }) =>
      values.filter(([one]) => one === name).flatMap(([, value]) => check(value, schema, `/querystring/${name}`)),
    ),
  )
  return Object.fromEntries(values)
}

function toValue(text: string, { type }: Schema) {
  if (type === 'integer' || type === 'number') return Number(text)
  return type === 'boolean' ? text === 'true' : text
}

function readBody({ body: schema }: Route, bytes: Buffer): unknown {
  if (!schema) return undefined
  const body = bytes.length === 0 ? undefined : parse(bytes)
  refuseWrong(check(body ?? {}, schema, ''))
  return body
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new Problem(400, 'request.malformed', { detail: 'The body is not JSON.' })
  }
}

function check(value: unknown, schema: Schema, pointer: string) {
  return whyNotFits(value, schema, { named: schemas, pointer })
}

function refuseWrong(errors: FieldError[]) {
  if (errors.length === 0) return
  const places = errors.map(({ pointer, detail }) => `${pointer} ${detail}`).join('; ')
  throw new Problem(422, 'request.invalid', { detail: `The request is not as it should be: ${places}.`, errors })
}
