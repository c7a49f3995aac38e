// The OpenAPI document as the mock needs it: which operations there are, what each takes, and with which status it answers.
import { readFileSync } from 'node:fs'
import type { Operation } from './contract.ts'
import type { Schema } from './fits.ts'

interface Definition {
  parameters?: { in: string; name: string; schema: Schema }[]
  requestBody?: { content: Record<string, { schema: Schema }> }
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>
}

interface Document {
  paths: Record<string, Record<string, Definition>>
  components: { schemas: Record<string, Schema> }
}

export interface Route {
  operation: Operation
  method: string
  /** The path, taken apart; a parameter keeps its braces. */
  parts: string[]
  status: number
  query: { name: string; schema: Schema }[]
  /** Of JSON bodies. */
  body: Schema | undefined
  answer: Schema | undefined
}

const FILE = new URL('../../client/src/generated/openapi.json', import.meta.url)
// Written by our own generator.
export const document = JSON.parse(readFileSync(FILE, 'utf8')) as Document

export const schemas = document.components.schemas

export const routes: Route[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, definition]) => routeOf(method, path, definition)),
)

function routeOf(method: string, path: string, { parameters = [], requestBody, responses }: Definition): Route {
  const [status = '200', answer] = Object.entries(responses).find(([code]) => code.startsWith('2')) ?? []
  return {
    // The types were generated from this very document.
    operation: `${method} ${path}` as Operation,
    method,
    parts: path.split('/'),
    status: Number(status),
    query: parameters.filter((one) => one.in === 'query'),
    body: requestBody?.content['application/json']?.schema,
    answer: answer?.content?.['application/json']?.schema,
  }
}
