// A lane past Fastify for one address that is asked by the thousand: plain success only, everything else goes the usual way (decisions/0011).
import type { IncomingMessage, ServerResponse } from 'node:http'
import { EVERY_ANSWER, type Http } from '../http.ts'
import { type Counted, type Minute, RATE_HEADERS } from './rate-counter.ts'

/** Names and values by turns, as Node takes them fastest: an object made anew for each answer costs more than all that an answer says. */
const FIXED = Object.entries(EVERY_ANSWER).flat()

export interface FastLane {
  /** Of POST requests with a JSON body; exactly this, without a query. */
  path: string
  /** Looks at a request and changes nothing. Undefined, or a throw: Fastify gets it, and says what is wrong with it. */
  admit(request: { authorization: string; body: Buffer }): Admission | undefined
}

export interface Admission {
  /** Where who pays for this request is counted, as `request.minute`. */
  minute: Minute
  /** Does what was asked, once, and gives the JSON that goes out. Nobody may refuse any more, so it decides before it changes anything. */
  answer(): string
}

interface Meters {
  countCaller(minute: Minute): Counted
  /** Takes what an answer of this lane took. */
  observeSeconds(seconds: number): void
}

/** Longer ones are no hurry of many. */
const MAX_BODY_BYTES = 16_384

export function openFastLane(http: Http, lane: FastLane, { countCaller, observeSeconds }: Meters) {
  const { server, routing } = http
  let isClosing = false
  // What has begun is finished; to what comes from here on, Fastify says that we are closing.
  http.addHook('preClose', async () => void (isClosing = true))

  /** True where it was answered. */
  function tryAnswer(request: IncomingMessage, response: ServerResponse, body: Buffer) {
    try {
      const admission = lane.admit({ authorization: request.headers.authorization ?? '', body })
      const counted = admission && countCaller(admission.minute)
      // A caller over its limit is counted by Fastify once more, which changes nothing: it is over until its minute ends.
      if (!admission || !counted || counted.isExceeded) return false
      send(response, counted, admission.answer())
      return true
    } catch {
      // Not silent: Fastify does the same again, and there it is a refusal or an error with a log line.
      return false
    }
  }

  // Only Fastify's own listener is replaced: its server keeps its time limits, its addresses and its way to close.
  server.off('request', routing)
  server.on('request', (request, response) => {
    const length = isClosing ? 0 : bodyLength(request, lane.path)
    if (length === 0) return routing(request, response)
    const began = performance.now()
    return readBody(request, length, (body) => {
      if (tryAnswer(request, response, body)) return observeSeconds((performance.now() - began) / 1000)
      // Put back before the end was read, which is the last moment: Fastify reads it as if nobody had.
      request.pause()
      request.unshift(body)
      return routing(request, response)
    })
  })
}

/** Zero where the request is not plainly one for the lane. By what name they came does not matter: only pages are redirected. */
function bodyLength({ method, url, headers }: IncomingMessage, path: string) {
  if (url !== path || method !== 'POST' || headers['content-type'] !== 'application/json') return 0
  if (headers.authorization === undefined || headers.expect !== undefined || headers['content-encoding'] !== undefined) return 0
  // Absent where the body comes in chunks; Node has refused what is no number.
  const length = Number(headers['content-length'])
  return length <= MAX_BODY_BYTES ? length : 0
}

/** A sender who leaves before the end leaves nothing behind. */
function readBody(request: IncomingMessage, length: number, onWhole: (body: Buffer) => void) {
  const parts: Buffer[] = []
  let received = 0
  request.on('data', function take(part: Buffer) {
    parts.push(part)
    received += part.length
    if (received < length) return
    request.off('data', take)
    onWhole(parts.length === 1 ? part : Buffer.concat(parts))
  })
}

/** What Fastify sends, in one piece. */
function send(response: ServerResponse, { max, remaining, resetSeconds }: Counted, body: string) {
  const [limit, left, reset] = RATE_HEADERS
  const type = 'application/json; charset=utf-8'
  const rate = [limit, max, left, remaining, reset, resetSeconds]
  response.writeHead(200, [...FIXED, ...rate, 'content-type', type, 'content-length', Buffer.byteLength(body)]).end(body)
}
