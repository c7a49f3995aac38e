// Every operation of our OpenAPI document as arbitrary requests, and what exists as it is learnt from answers.
import fc from 'fast-check'
import { type FuzzWorld, type JsonSchema, nastyText, valueOf } from './fuzz-schema.ts'

export interface FuzzRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  url: string
  headers: Record<string, string>
  payload?: string
}

export interface Operation {
  name: string
  path: string
  requests: fc.Arbitrary<FuzzRequest>
  /** By status; `default` is every error. */
  responses: Record<string, { content?: Record<string, { schema: JsonSchema }> }>
}

export interface ApiDocument {
  paths: Record<string, Record<string, OperationObject>>
  components: { schemas: Record<string, JsonSchema> }
}

interface OperationObject {
  parameters?: { in: string; name: string; required?: boolean; schema: JsonSchema }[]
  requestBody?: { content: Record<string, { schema: JsonSchema }> }
  responses: Operation['responses']
}

/** Fields that take the id of a thing under another name. */
const ALIASES: Record<string, string> = {
  assigneeId: 'personId',
  installationIds: 'installationId',
  fixes: 'knownErrorId',
  product: 'productId',
}
const SPOILT = ['%00', '%ed%a0%80', '%', '%2e%2e%2f', 'x'.repeat(400), '%F0%9F%98%80', '.']

export function operationsOf(document: ApiDocument, known: FuzzWorld['known']): Operation[] {
  const world = { definitions: document.components.schemas, known }
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      path,
      requests: requestsOf(operation, { method: method.toUpperCase() as FuzzRequest['method'], path, world }),
      responses: operation.responses,
    })),
  )
}

function requestsOf(
  { parameters = [], requestBody }: OperationObject,
  { method, path, world }: { method: FuzzRequest['method']; path: string; world: FuzzWorld },
): fc.Arbitrary<FuzzRequest> {
  const values = (place: string) => {
    const those = parameters.filter((one) => one.in === place)
    return fc.record(Object.fromEntries(those.map((one) => [one.name, valueOf(one.schema, world, one.name)])), {
      requiredKeys: those.filter((one) => place === 'path' || one.required).map((one) => one.name),
    })
  }
  const [type = '', body] = Object.entries(requestBody?.content ?? {})[0] ?? []
  const payload = body ? payloadOf(type, body.schema, world) : fc.constant(undefined)
  return fc
    .record({
      path: values('path'),
      query: values('query'),
      payload,
      spoilt: rarely(fc.constantFrom(...SPOILT)),
    })
    .map(({ path: inPath, query, payload, spoilt }) => ({
      method,
      url: urlOf(path, { inPath, query, spoilt }),
      headers: payload === undefined ? {} : { 'content-type': type },
      ...(payload === undefined ? {} : { payload }),
    }))
}

function rarely(arbitrary: fc.Arbitrary<string>) {
  return fc.oneof({ weight: 30, arbitrary: fc.constant(null) }, { weight: 1, arbitrary })
}

function payloadOf(type: string, schema: JsonSchema, world: FuzzWorld): fc.Arbitrary<string> {
  if (type !== 'application/json') return fc.oneof(fc.string({ maxLength: 200 }), nastyText)
  const json = valueOf(schema, world).map((value) => JSON.stringify(value) ?? 'null')
  const broken = fc.constantFrom('', '{', '[[[[', '{"a":1,}', '\u0000', '{"__proto__":{"isAdmin":true}}', '"', '9'.repeat(400))
  return fc.oneof({ weight: 30, arbitrary: json }, { weight: 1, arbitrary: broken })
}

function urlOf(path: string, parts: { inPath: Record<string, unknown>; query: Record<string, unknown>; spoilt: string | null }) {
  const url = path.replace(/\{(\w+)\}/g, (_, name: string) => parts.spoilt ?? textInUrl(parts.inPath[name]))
  const query = Object.entries(parts.query).map(([name, value]) => `${name}=${textInUrl(value)}`)
  return query.length > 0 ? `${url}?${query.join('&')}` : url
}

function textInUrl(value: unknown) {
  return encodeURIComponent((typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).toWellFormed())
}

/** Remembers the ids in an answer under the name of the path parameter that takes them (`/releases/{releaseId}`). */
export function learn(document: ApiDocument, known: FuzzWorld['known']) {
  const paramOf = new Map(
    Object.keys(document.paths).flatMap((path) =>
      [...path.matchAll(/\/([a-z-]+)\/\{(\w+)\}/g)].map(([, list = '', param = '']) => [list, param] as const),
    ),
  )
  for (const [alias, param] of Object.entries(ALIASES)) known.set(alias, poolOf(known, param))
  for (const param of paramOf.values()) poolOf(known, param)

  const walk = (value: unknown, list: string): void => {
    if (Array.isArray(value)) return value.forEach((one) => walk(one, list))
    if (value === null || typeof value !== 'object') return
    for (const [key, part] of Object.entries(value)) {
      if (typeof part === 'string') remember(known, key === 'id' ? (paramOf.get(list) ?? '') : key, part)
      else walk(part, key === 'items' ? list : key)
    }
  }
  return (path: string, answer: unknown) =>
    walk(
      answer,
      path
        .replace(/\/\{\w+\}$/, '')
        .split('/')
        .at(-1) ?? '',
    )
}

function poolOf(known: FuzzWorld['known'], name: string) {
  const pool = known.get(name) ?? []
  known.set(name, pool)
  return pool
}

/** Only fields that name a thing; a text that somebody wrote is no id. */
function remember(known: FuzzWorld['known'], name: string, value: string) {
  const pool = known.get(name === 'next' ? 'after' : name)
  if (pool && value !== '' && value.length <= 60 && !pool.includes(value)) pool.push(value)
}
