// Serves the web app: its files for ever by their hashed names, its page anew each time, with a nonce of its own.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import staticFiles from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Http } from '#platform/http'
import { unknownRoute } from '#platform/http/problem'
import { newSecret } from '#platform/ids'

/** What the app shows; every other address of a browser gets the app as well, which says that it is not there. */
const SCREENS = /^\/(console|inquiries|installations|releases|organisation|account)?(\/|\?|$)/
/** Programs ask there: they want a problem document, not a page. */
const FOR_PROGRAMS = /^\/(api|updates|health|metrics|assets|identity-assets|v2)(\/|\?|$)/
const PLACE_OF_NONCE = '%NONCE%'

/** @param folder what `npm run build` made; without it only the pages of the server exist. */
export async function webAppRoutes(http: Http, folder: string | undefined) {
  const index = folder && join(folder, 'index.html')
  if (!folder || !index || !existsSync(index))
    return void http.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/sign-in', 302))
  const page = readFileSync(index, 'utf8')
  await http.register(staticFiles, {
    root: join(folder, 'assets'),
    prefix: '/assets/',
    immutable: true,
    maxAge: '365d',
    decorateReply: false,
    index: false,
    // Compressed once, by `npm run build`.
    preCompressed: true,
  })
  http.get('/favicon.svg', { schema: { hide: true } }, (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=86400')
      .type('image/svg+xml')
      .send(readFileSync(join(folder, 'favicon.svg'))),
  )
  const send = (request: FastifyRequest, reply: FastifyReply) => {
    const wantsPage = request.headers.accept?.includes('text/html') && !FOR_PROGRAMS.test(request.url)
    return wantsPage ? sendPage(reply, { page, isThere: SCREENS.test(request.url) }) : unknownRoute(request)
  }
  http.get('/', { schema: { hide: true } }, send)
  http.get('/*', { schema: { hide: true } }, send)
}

/** The app adds styles while it runs; only those with this answer's nonce count (CSP Level 3 §7.1). */
function sendPage(reply: FastifyReply, { page, isThere }: { page: string; isThere: boolean }) {
  const nonce = newSecret()
  const policy = String(reply.getHeader('content-security-policy'))
  return reply
    .code(isThere ? 200 : 404)
    .header('content-security-policy', policy.replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`))
    .header('cache-control', 'no-cache')
    .type('text/html; charset=utf-8')
    .send(page.replaceAll(PLACE_OF_NONCE, nonce))
}
