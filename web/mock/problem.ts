// Refusals of the mock, written as the server writes them (RFC 9457).
import { STATUS_CODES } from 'node:http'
import type { Schemas } from '@fairway/client'

export type FieldError = Schemas['Problem']['errors'][number]

export class Problem extends Error {
  override name = 'Problem'
  readonly status: number
  readonly code: string
  readonly errors: FieldError[]

  constructor(status: number, code: string, said: { detail: string; errors?: FieldError[] }) {
    super(said.detail)
    this.status = status
    this.code = code
    this.errors = said.errors ?? []
  }
}

export function notFound(what: string, id: string) {
  return new Problem(404, `${what}.unknown`, { detail: `There is no ${what.replaceAll('_', ' ')} ${id}.` })
}

export function conflict(code: string, detail: string) {
  return new Problem(409, code, { detail })
}

/** One field that is wrong. */
export function invalidField(pointer: string, code: string, detail: string) {
  return new Problem(422, code, { detail, errors: [{ pointer, code, detail }] })
}

export function documentOf({ status, code, message, errors }: Problem, requestId: string): Schemas['Problem'] {
  const title = STATUS_CODES[status] ?? 'Error'
  return { type: `urn:fairway:problem:${code}`, title, status, code, detail: message, requestId, errors }
}
