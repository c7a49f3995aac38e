// `Idempotency-Key` on POST: the same key, caller and route get the first answer again; nothing is done twice.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { after, type Clock } from '../clock.ts'
import type { Db } from '../db.ts'
import { Refusal } from '../errors.ts'
import type { Http } from '../http.ts'
import { newId } from '../ids.ts'
import { beginOnce, findAnswer, forgetAnswers, forgetUnfinished, saveAnswer } from './idempotency-store.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The answer shows a secret once: it is never stored, and a repetition is refused instead of answered. */
    secretAnswer?: boolean
  }
  interface FastifyRequest {
    onceKey: { caller: string; route: string; key: string } | undefined
  }
}

const DAY_MS = 86_400_000
const KEY = /^[\x21-\x7e]{1,200}$/

/** Registered before the routes. Answers are kept for 24 hours. */
export function repeatOnce(http: Http, { db, clock }: { db: Db; clock: Clock }) {
  const process = newId('pr')
  const underWay = new Set<string>()
  http.decorateRequest('onceKey', undefined)

  http.addHook('preHandler', async (request, reply) => {
    const key = request.headers['idempotency-key']
    if (key === undefined || request.method !== 'POST' || !request.url.startsWith('/api/v1/')) return
    if (typeof key !== 'string' || !KEY.test(key))
      throw new Refusal('invalid', 'idempotency.key_is_wrong', 'An Idempotency-Key has 1 to 200 visible ASCII characters.')
    if (!request.caller) return
    const once = { caller: request.caller, route: `POST ${request.url.split('?')[0]}`, key }
    const began = await beginOnce(db, { ...once, process, requestSha256: sha256(request), now: clock.now() })
    if (!began) return repeat(db, { once, isUnderWay: underWay.has(nameOf(once)), request, reply })
    request.onceKey = once
    underWay.add(nameOf(once))
  })

  http.addHook('onSend', async (request, reply, payload) => {
    if (!request.onceKey) return payload
    const { onceKey } = request
    request.onceKey = undefined
    // What was refused or failed may be tried again with the same key.
    if (reply.statusCode >= 400) await forgetUnfinished(db, onceKey)
    else
      await saveAnswer(db, onceKey, {
        status: reply.statusCode,
        body: request.routeOptions.config.secretAnswer || typeof payload !== 'string' ? null : payload,
      })
    return payload
  })

  return { forgetOld: () => forgetAnswers(db, after(clock.now(), -DAY_MS)) }
}

async function repeat(
  db: Db,
  {
    once,
    process,
    request,
    reply,
  }: { once: NonNullable<FastifyRequest['onceKey']>; process: string; request: FastifyRequest; reply: FastifyReply },
) {
  const first = await findAnswer(db, once)
  if (!first || first.request_sha256 !== sha256(request))
    throw new Refusal('conflict', 'idempotency.key_reused', 'This Idempotency-Key was used for another request. Take a new one.')
  if (first.status === null && first.process === process)
    throw new Refusal(
      'conflict',
      'idempotency.in_progress',
      'The first request with this key is still being done. Ask again in a moment.',
    )
  if (first.status === null) {
    throw new Refusal(
      'conflict',
      'idempotency.outcome_unknown',
      'We were interrupted while doing this. Look whether it was done, then use a new key.',
    )
  }
  if (first.body === null)
    throw new Refusal('conflict', 'idempotency.shown_once', 'This was done; its answer held a secret that is shown once.')
  return reply
    .code(first.status)
    .header('content-type', 'application/json; charset=utf-8')
    .header('idempotency-replayed', 'true')
    .serializer(String)
    .send(first.body)
}

function sha256(request: FastifyRequest) {
  return createHash('sha256')
    .update(JSON.stringify(request.body ?? null))
    .digest('hex')
}
