// Turns whatever was thrown into a problem document (RFC 9457); a bug is logged once and answered without detail.
import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyReply, FastifyRequest, FastifySchemaValidationError } from 'fastify'
import { Type } from 'typebox'
import { isDatabaseAway } from '../db.ts'
import { type FieldError, Refusal, type RefusalKind } from '../errors.ts'
import { named } from '../schemas.ts'

const STATUS: Record<RefusalKind, number> = {
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  too_many: 429,
  unavailable: 503,
}

/** Codes of what Fastify itself refuses, where its status alone says too little. */
const EDGE_CODES: Record<number, string> = {
  400: 'request.malformed',
  404: 'request.unknown_route',
  405: 'request.method_not_allowed',
  413: 'request.too_large',
  414: 'request.address_too_long',
  415: 'request.unknown_media_type',
  429: 'request.too_many',
  503: 'request.unavailable',
}

export const Problem = named(
  'Problem',
  Type.Object({
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable, `thing.what_is_wrong`; branch on this, never on the text.' }),
    detail: Type.String(),
    requestId: Type.String(),
    errors: Type.Array(Type.Object({ pointer: Type.String(), code: Type.String(), detail: Type.String() })),
  }),
)

interface Answer {
  status: number
  code: string
  detail: string
  errors: FieldError[]
}

const AWAY: Answer = {
  status: 503,
  code: 'database.away',
  detail: 'Our database is away for a moment. Try again in a few seconds.',
  errors: [],
}

const SAID_ALREADY = [AWAY.code, 'storage.away']

export function sendProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const answer = answerTo(error)
  if (answer.status === 503) reply.header('retry-after', answer.code === AWAY.code ? '2' : '5')
  // Said once, by who watches PostgreSQL or the storage; each of a thousand requests need not say it again.
  if (SAID_ALREADY.includes(answer.code))
    request.log.warn({ err: error, requestId: request.id }, 'request refused: what it needs is away')
  else if (answer.status >= 500)
    request.log.error({ err: error, requestId: request.id, caller: request.caller }, 'request failed')
  return reply
    .code(answer.status)
    .header('content-type', 'application/problem+json')
    .serializer(JSON.stringify)
    .send(documentOf(answer, request))
}

/** The same for what is refused when the answer was about to go out. */
export function problemOf(refusal: Refusal, request: FastifyRequest) {
  return documentOf(answerTo(refusal), request)
}

function documentOf({ status, code, detail, errors }: Answer, { id }: FastifyRequest) {
  const title = STATUS_CODES[status] ?? 'Error'
  return { type: `urn:fairway:problem:${code}`, title, status, code, detail, requestId: id, errors }
}

export function unknownRoute(request: FastifyRequest) {
  throw new Refusal('not_found', 'request.unknown_route', `There is nothing at ${request.method} ${request.url.split('?')[0]}.`)
}

function answerTo(error: FastifyError | Refusal): Answer {
  if (error instanceof Refusal)
    return { status: STATUS[error.kind], code: error.code, detail: error.message, errors: error.errors }
  if (isDatabaseAway(error)) return AWAY
  if (error.validation) return invalidRequest(error.validation, error.validationContext)
  const status = error.statusCode ?? 500
  if (status >= 500 && status !== 503)
    return { status: 500, code: 'request.failed', detail: 'Something went wrong on our side.', errors: [] }
  return { status, code: EDGE_CODES[status] ?? 'request.refused', detail: error.message, errors: [] }
}

function invalidRequest(found: FastifySchemaValidationError[], where = 'body'): Answer {
  const errors = found.slice(0, 20).map((one) => fieldError(one, where))
  const places = errors.map((one) => `${one.pointer} ${one.detail}`).join('; ')
  return { status: 422, code: 'request.invalid', detail: `The request is not as it should be: ${places}.`, errors }
}

function fieldError({ keyword, instancePath, message, params }: FastifySchemaValidationError, where: string): FieldError {
  // A missing or unknown field is reported at its object; people look for it at the field.
  const names = params.requiredProperties ?? params.additionalProperties
  const field = Array.isArray(names) && names.length > 0 ? `/${String(names[0])}` : ''
  return {
    pointer: `${where === 'body' ? '' : `/${where}`}${instancePath}${field}` || '/',
    code: `field.${keyword.replaceAll(/[^a-zA-Z]/g, '').replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
    detail: message ?? 'is wrong',
  }
}
