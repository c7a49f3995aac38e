// Limits requests by who asks once that is known, by address only before: a fleet behind one address is never one customer.
import rateLimit from '@fastify/rate-limit'
import type { Http } from '../http.ts'
import { Refusal } from '../errors.ts'

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
    global: true,
    hook: 'preHandler',
    timeWindow: 60_000,
    cache: 50_000,
    max: (request) => (request.caller ? perCaller : perAddress),
    keyGenerator: (request) => request.caller || `address:${request.ip}`,
    allowList: (request) => request.url.startsWith('/health/'),
    errorResponseBuilder: (_request, context) =>
      new Refusal(
        'too_many',
        'request.too_many',
        `That was more than ${context.max} requests in a minute. Wait ${Math.ceil(context.ttl / 1000)} s.`,
      ),
  })
}
