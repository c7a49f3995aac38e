// The small pages of identity as one scope: forms, their headers, what they load, and refusals that people can read.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal, type RefusalKind } from '#platform/errors'
import type { Http } from '#platform/http'
import { isForeignOrigin } from '../access/origin.ts'
import { html } from './html.ts'
import { invitePages, setupPages } from './join-pages.ts'
import { linkPages } from './link-page.ts'
import { type PageDeps, sendPage } from './page-deps.ts'
import { codePages, signInPages } from './sign-in-page.ts'

const ASSETS = { 'pages.css': 'text/css; charset=utf-8', 'pages.js': 'text/javascript; charset=utf-8' }
const STATUS: Partial<Record<RefusalKind, number>> = { invalid: 422, forbidden: 403, not_found: 404, conflict: 409 }

export async function pageRoutes(http: Http, deps: PageDeps) {
  await http.register(async (plain) => {
    // Encapsulation changes nothing about the type of the scope.
    const scope = plain as Http
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: 16_384 },
      (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    scope.addHook('onRequest', async (request, reply) => {
      // With `no-referrer` browsers send forms with `Origin: null`; these addresses hold secrets, so nothing goes to other hosts.
      reply.header('referrer-policy', 'same-origin')
      if (isForeignOrigin(request, deps.publicUrl))
        throw new Refusal('forbidden', 'session.foreign_origin', `This form works on ${deps.publicUrl} only.`)
    })
    scope.setErrorHandler((error: FastifyError, _request: FastifyRequest, reply: FastifyReply) => sendRefusal(deps, error, reply))
    // Until the web app stands here, the printed address leads to the one page that everybody needs.
    scope.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/sign-in', 302))
    assetRoutes(scope)
    signInPages(scope, deps)
    codePages(scope, deps)
    linkPages(scope, deps)
    invitePages(scope, deps)
    setupPages(scope, deps)
  })
}

function assetRoutes(http: Http) {
  for (const [name, type] of Object.entries(ASSETS)) {
    const content = readFileSync(join(import.meta.dirname, 'assets', name))
    http.get(`/identity-assets/${name}`, { schema: { hide: true } }, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=300').type(type).send(content),
    )
  }
}

/** A bug goes on to the edge, which logs it and answers without detail. */
function sendRefusal({ words }: PageDeps, error: FastifyError, reply: FastifyReply) {
  const status = error instanceof Refusal ? STATUS[error.kind] : error.validation ? 422 : error.statusCode
  if (status === undefined || status >= 500) throw error
  const message = error instanceof Refusal ? error.message : words.say('identity:page_form_wrong')
  return sendPage(reply, {
    title: words.say('identity:page_not_possible'),
    status,
    content: html`<p role="alert" class="error">${message}</p>
      <p><a href="/sign-in">${words.say('identity:page_sign_in')}</a></p>`,
  })
}
