// Limits requests by who asks once that is known, by address only before: a fleet behind one address is never one customer.
import rateLimit, { normalizeIP } from '@fastify/rate-limit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Http } from '../http.ts'
import { Refusal } from '../errors.ts'
import { problemOf } from './problem.ts'

declare module 'fastify' {
  interface FastifyRequest {
    isCounted: boolean
  }
}

export interface RateLimits {
  /** Requests a minute of one person, token or installation. */
  perCaller: number
  /** Requests a minute from one address by nobody we know. */
  perAddress: number
}

/** A quarter for strangers: all they need is to sign in, to enrol, and to read what is public. */
export function rateLimitsOf(requestsPerMinute: number): RateLimits {
  return { perCaller: requestsPerMinute, perAddress: Math.ceil(requestsPerMinute / 4) }
}

/** Registered before the routes; counts after authentication (preHandler), in the memory of this process. */
export async function limitRates(http: Http, { perCaller, perAddress }: RateLimits) {
  await http.register(rateLimit, {
    global: false,
    timeWindow: 60_000,
    cache: 50_000,
    max: (request) => (request.caller ? perCaller : perAddress),
    // An IPv6 network of one household or server is one address.
    keyGenerator: (request) => request.caller || `address:${normalizeIP(request.ip)}`,
    allowList: (request) => request.url.startsWith('/health/'),
  })
  const limit = http.createRateLimit()
  http.decorateRequest('isCounted', false)

  async function count(request: FastifyRequest, reply: FastifyReply) {
    request.isCounted = true
    const counted = await limit(request)
    if (counted.isAllowed) return undefined
    const { max, remaining, ttlInSeconds, isExceeded } = counted
    reply.headers({ 'x-ratelimit-limit': max, 'x-ratelimit-remaining': remaining, 'x-ratelimit-reset': ttlInSeconds })
    if (!isExceeded) return undefined
    reply.header('retry-after', ttlInSeconds)
    const detail = `That was more than ${max} requests in a minute. Wait ${ttlInSeconds} s.`
    return new Refusal('too_many', 'request.too_many', detail)
  }

  http.addHook('preHandler', async (request, reply) => {
    const refusal = request.isCounted ? undefined : await count(request, reply)
    if (refusal) throw refusal
  })

  // What was refused before it came that far counts too, or tokens could be guessed without end.
  // oxlint-disable-next-line eslint/max-params -- the shape that the library gives
  http.addHook<unknown>('onSend', (request, reply, payload, done) => {
    if (!request.isCounted) return countLate(request, reply, payload)
    done(null, payload)
    return undefined
  })

  async function countLate(request: FastifyRequest, reply: FastifyReply, payload: unknown) {
    const refusal = await count(request, reply)
    if (!refusal) return payload
    reply.code(429).header('content-type', 'application/problem+json').removeHeader('content-length')
    return JSON.stringify(problemOf(refusal, request))
  }
}
