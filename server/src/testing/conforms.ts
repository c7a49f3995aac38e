// Judges an answer by what our OpenAPI document promises of it.
import { Compile } from 'typebox/schema'
import type { ApiDocument, Operation } from './fuzz-routes.ts'
import type { JsonSchema } from './fuzz-schema.ts'

export interface Answer {
  statusCode: number
  headers: Record<string, unknown>
  body: string
}

const CODE = /^[a-z_]+\.[a-z_0-9]+$/

export type Judge = ReturnType<typeof judgeOf>

export function judgeOf(document: ApiDocument) {
  const compiled = new Map<string, ReturnType<typeof Compile>>()
  const wrongIn = (name: string, schema: JsonSchema, value: unknown) => {
    const checker = compiled.get(name) ?? Compile({ ...schema, components: document.components })
    compiled.set(name, checker)
    if (checker.Check(value)) return undefined
    return JSON.stringify(checker.Errors(value)[1].slice(0, 3))
  }

  /** What is wrong with an answer of this operation, or undefined. */
  return function whyNotAsPromised({ name, responses }: Pick<Operation, 'name' | 'responses'>, answer: Answer) {
    const { statusCode, body } = answer
    if (statusCode >= 500) return `${statusCode} ${body}`
    if (statusCode >= 400)
      return whyNotProblem(answer) ?? wrongIn('Problem', { $ref: '#/components/schemas/Problem' }, json(body))
    const promised = responses[String(statusCode)]
    if (!promised) return `${statusCode} is not documented`
    const schema = promised.content?.['application/json']?.schema
    if (!schema) return undefined
    return body === '' && schema.type === 'null' ? undefined : wrongIn(`${name} ${statusCode}`, schema, json(body))
  }
}

/** What keeps an error from being a problem document of ours (RFC 9457), or undefined. */
export function whyNotProblem({ statusCode, headers, body }: Answer) {
  if (!String(headers['content-type']).startsWith('application/problem+json'))
    return `${statusCode} as ${String(headers['content-type'])}`
  const problem = json(body)
  if (problem === null || typeof problem !== 'object') return `${statusCode} is no problem document: ${body}`
  const { code, status, requestId } = problem as { code?: unknown; status?: unknown; requestId?: unknown }
  if (status !== statusCode) return `${statusCode} says ${String(status)}`
  if (typeof requestId !== 'string' || requestId === '') return `${statusCode} has no requestId`
  return typeof code === 'string' && CODE.test(code) ? undefined : `the code is ${String(code)}`
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
