// `Idempotency-Key` on POST: the same key, caller and route get the first answer again; nothing is done twice.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { after, type Clock } from '../clock.ts'
import type { Db } from '../db.ts'
import { Refusal } from '../errors.ts'
import type { Http } from '../http.ts'
import { newId } from '../ids.ts'
import { beginOnce, findAnswer, forgetAnswers, forgetUnfinished, saveAnswer } from './idempotency-store.ts'

interface Once {
  caller: string
  route: string
  key: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer shows a secret once: it is never stored, and a repetition is refused instead of answered. */
    secretAnswer?: boolean
    /** False: the protocol behind this door has its own way to go on after an interruption. */
    repeatable?: false
  }
  interface FastifyRequest {
    /** Set while its outcome is to be kept. */
    onceKey: Once | undefined
    /** Set while no other request with the same key may begin. */
    onceName: string | undefined
  }
}

const DAY_MS = 86_400_000
const KEY = /^[\x21-\x7e]{1,200}$/

/** Registered before the routes. Answers are kept for 24 hours. */
export function repeatOnce(http: Http, { db, clock }: { db: Db; clock: Clock }) {
  const process = newId('pr')
  const underWay = new Set<string>()
  http.decorateRequest('onceKey', undefined)
  http.decorateRequest('onceName', undefined)

  async function begin(request: FastifyRequest, reply: FastifyReply) {
    const once = readKey(request)
    if (!once) return undefined
    const name = nameOf(once)
    if (underWay.has(name)) throw inProgress()
    underWay.add(name)
    // Also where it is only repeated or refused: then nothing of it is kept, but it is no longer under way.
    request.onceName = name
    const now = clock.now()
    const wish = { ...once, process, requestSha256: sha256(request), now, forgetBefore: after(now, -DAY_MS) }
    const began = await beginOnce(db, wish)
    if (!began) return repeat(db, { once, request, reply })
    request.onceKey = once
    return undefined
  }

  async function keep(request: FastifyRequest, reply: FastifyReply, payload: unknown) {
    const { onceKey, onceName } = request
    request.onceKey = undefined
    request.onceName = undefined
    try {
      if (onceKey) await keepOutcome(db, onceKey, { request, reply, payload })
    } finally {
      if (onceName !== undefined) underWay.delete(onceName)
    }
    return payload
  }

  // What a library answers itself (uploads) passes no onSend.
  const forget = async ({ onceName }: FastifyRequest) => void (onceName !== undefined && underWay.delete(onceName))

  // Only doors that can be repeated carry these; check-ins do not pay for them.
  http.addHook('onRoute', (route) => {
    if (![route.method].flat().includes('POST') || !route.url.startsWith('/api/v1/')) return
    route.preHandler = [route.preHandler ?? [], begin].flat()
    route.onSend = [route.onSend ?? [], keep].flat()
    route.onResponse = [route.onResponse ?? [], forget].flat()
  })

  return { forgetOld: () => forgetAnswers(db, after(clock.now(), -DAY_MS)) }
}

function readKey(request: FastifyRequest) {
  const key = request.headers['idempotency-key']
  if (key === undefined) return undefined
  if (request.routeOptions.config.repeatable === false) return undefined
  if (typeof key !== 'string' || !KEY.test(key))
    throw new Refusal('invalid', 'idempotency.key_is_wrong', 'An Idempotency-Key has 1 to 200 visible ASCII characters.')
  return request.caller ? { caller: request.caller, route: `POST ${request.url.split('?')[0]}`, key } : undefined
}

async function keepOutcome(
  db: Db,
  once: Once,
  { request, reply, payload }: { request: FastifyRequest; reply: FastifyReply; payload: unknown },
) {
  // It may have been done all the same: PostgreSQL can go away between the commit and its answer. So the key stays, its outcome unknown.
  if (reply.statusCode >= 500) return
  // What was refused may be tried again with the same key.
  if (reply.statusCode >= 400) return forgetUnfinished(db, once)
  // A 204 has nothing to show, which is no secret.
  const shown = typeof payload === 'string' ? payload : ''
  await saveAnswer(db, once, { status: reply.statusCode, body: request.routeOptions.config.secretAnswer ? null : shown })
}

async function repeat(db: Db, { once, request, reply }: { once: Once; request: FastifyRequest; reply: FastifyReply }) {
  const first = await findAnswer(db, once)
  // It was refused just now, and may be tried again.
  if (!first) throw inProgress()
  if (first.request_sha256 !== sha256(request))
    throw new Refusal('conflict', 'idempotency.key_reused', 'This Idempotency-Key was used for another request. Take a new one.')
  if (first.status === null) {
    throw new Refusal(
      'conflict',
      'idempotency.outcome_unknown',
      'We were interrupted while doing this. Look whether it was done, then use a new key.',
    )
  }
  if (first.body === null)
    throw new Refusal('conflict', 'idempotency.shown_once', 'This was done; its answer held a secret that is shown once.')
  reply.code(first.status).header('idempotency-replayed', 'true')
  if (first.body === '') return reply.send()
  return reply.header('content-type', 'application/json; charset=utf-8').serializer(String).send(first.body)
}

function inProgress() {
  return new Refusal(
    'conflict',
    'idempotency.in_progress',
    'The first request with this key is still being done. Ask again in a moment.',
  )
}

function nameOf({ caller, route, key }: Once) {
  return JSON.stringify([caller, route, key])
}

/** What was asked for; of a body that is streamed only the length is known before. */
function sha256({ url, headers, body }: FastifyRequest) {
  const content = body ?? `${headers['content-length'] ?? ''} bytes`
  return createHash('sha256')
    .update(JSON.stringify([url, content]))
    .digest('hex')
}
