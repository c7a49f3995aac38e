// The HTTP edge: parses requests by schema, answers by schema, turns refusals into problem documents.
import Fastify, { LogController } from 'fastify'
import helmet from '@fastify/helmet'
import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox'
import { newId } from './ids.ts'
import { loggerOptions } from './log.ts'
import { drainOnClose } from './http/drain.ts'
import { sendProblem, unknownRoute } from './http/problem.ts'
import { redirectToPublicUrl } from './http/public-url.ts'

export interface HttpOptions {
  publicUrl: string
  trustedProxies: string[]
  /** Undefined: no log (tests). */
  logLevel?: string | undefined
}

const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
    'base-uri': ["'none'"],
  },
}

/** What no answer goes without, whoever gives it. */
export const EVERY_ANSWER = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

export async function createHttp({ publicUrl, trustedProxies, logLevel }: HttpOptions) {
  const http = Fastify({
    logger: logLevel ? loggerOptions(logLevel) : false,
    // One line for each request would be most of the log; /metrics counts them.
    logController: new LogController({ disableRequestLogging: true }),
    // What is logged names its request itself; a logger for each would be made thousands of times for nothing.
    childLoggerFactory: (logger) => logger,
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    bodyLimit: 1_048_576,
    // Slow senders of headers are cut; bodies have no limit in time, since uploads resume on bad lines.
    connectionTimeout: 120_000,
    keepAliveTimeout: 72_000,
    genReqId: createRequestIds(),
    routerOptions: { maxParamLength: 300 },
    return503OnClosing: true,
    // An address that cannot be decoded is refused before any hook or handler of ours runs.
    frameworkErrors: sendProblem,
  })
    .setValidatorCompiler(TypeBoxValidatorCompiler)
    .withTypeProvider<TypeBoxTypeProvider>()
  http.decorateRequest('caller', '')
  const routes: string[] = []
  http.decorate('routes', routes)
  http.addHook('onRoute', ({ method, url }) => void routes.push(...[method].flat().map((one) => `${one} ${url}`)))
  // Nobody here reads text; and a form of a foreign page could send it without asking.
  http.removeContentTypeParser('text/plain')
  http.setErrorHandler(sendProblem)
  http.setNotFoundHandler(unknownRoute)
  http.addHook('onRequest', (_request, reply, done) => {
    reply.headers(EVERY_ANSWER)
    done()
  })
  drainOnClose(http)
  redirectToPublicUrl(http, publicUrl)
  await http.register(helmet, {
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    // Only where the public address is https; a plain address must stay reachable.
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
  })
  return http
}

/** Unique across processes and restarts; only read out in error reports, so counting is enough and cheap. */
function createRequestIds() {
  const process = newId('rq').slice(0, 11)
  let count = 0
  return () => `${process}${(count++).toString(36)}`
}

export type Http = Awaited<ReturnType<typeof createHttp>>

declare module 'fastify' {
  interface FastifyInstance {
    /** Every door, as `GET /api/v1/me`: what must hold for all of them can be shown for all of them. */
    routes: string[]
  }
  interface FastifyRequest {
    /** Who pays for this request: `person:…`, `installation:…`, or empty while nobody is known. Set by authentication. */
    caller: string
  }
}
