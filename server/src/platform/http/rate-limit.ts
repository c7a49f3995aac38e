// Limits requests by who asks once that is known, by address only before: a fleet behind one address is never one customer.
import { normalizeIP } from '@fastify/rate-limit'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Http } from '../http.ts'
import { Refusal } from '../errors.ts'
import { problemOf } from './problem.ts'
import { createRateCounter, headersOf, type Minute } from './rate-counter.ts'

declare module 'fastify' {
  interface FastifyRequest {
    isCounted: boolean
    /** Where a caller that we know by itself is counted; else it is counted by its name. */
    minute: Minute | undefined
  }
}

export interface RateLimits {
  /** Requests a minute of one person, token or installation. */
  perCaller: number
  /** Requests a minute from one address by nobody we know. */
  perAddress: number
}

/** Balancers look often; and a page is many files, which an office behind one address loads at the same time. */
const UNCOUNTED = /^\/(health|assets|identity-assets)\//

/** A quarter for strangers: all they need is to sign in, to enrol, and to read what is public. */
export function rateLimitsOf(requestsPerMinute: number): RateLimits {
  return { perCaller: requestsPerMinute, perAddress: Math.ceil(requestsPerMinute / 4) }
}

/** Registered before the routes; counts after authentication (preHandler). Gives the count of a known caller, for doors beside Fastify's. */
export function limitRates(http: Http, { perCaller, perAddress }: RateLimits) {
  const counter = createRateCounter()
  const countCaller = (caller: string | Minute) => counter.count(caller, perCaller)
  // An IPv6 network of one household or server is one address.
  const countAddress = (ip: string) => counter.count(`address:${normalizeIP(ip)}`, perAddress)
  http.decorateRequest('isCounted', false)
  http.decorateRequest('minute', undefined)

  function count(request: FastifyRequest, reply: FastifyReply) {
    request.isCounted = true
    if (UNCOUNTED.test(request.url)) return undefined
    const caller = request.minute ?? request.caller
    const counted = caller ? countCaller(caller) : countAddress(request.ip)
    reply.headers(headersOf(counted))
    if (!counted.isExceeded) return undefined
    reply.header('retry-after', counted.resetSeconds)
    const detail = `That was more than ${counted.max} requests in a minute. Wait ${counted.resetSeconds} s.`
    return new Refusal('too_many', 'request.too_many', detail)
  }

  http.addHook('preHandler', (request, reply, done) => {
    done(request.isCounted ? undefined : count(request, reply))
  })

  // What was refused before it came that far counts too, or tokens could be guessed without end.
  // oxlint-disable-next-line eslint/max-params -- the shape that the library gives
  http.addHook<unknown>('onSend', (request, reply, payload, done) => {
    done(null, request.isCounted ? payload : countLate(request, reply, payload))
  })

  function countLate(request: FastifyRequest, reply: FastifyReply, payload: unknown) {
    const refusal = count(request, reply)
    if (!refusal) return payload
    reply.code(429).header('content-type', 'application/problem+json').removeHeader('content-length')
    return JSON.stringify(problemOf(refusal, request))
  }

  return { countCaller }
}
