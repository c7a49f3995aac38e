// The small pages of identity as one scope: forms, their headers, what they load, and refusals that people can read.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { Refusal, type RefusalKind } from '#platform/errors'
import type { Http } from '#platform/http'
import { isForeignOrigin } from '../access/origin.ts'
import { codePages } from './code-page.ts'
import { html } from './html.ts'
import { invitePages } from './invite-page.ts'
import { linkPages } from './link-page.ts'
import { type PageDeps, sendPage } from './page-deps.ts'
import { problem, wayOn } from './parts.ts'
import { setupPages } from './setup-page.ts'
import { signInPages } from './sign-in-page.ts'

const ASSETS = {
  'pages.css': 'text/css; charset=utf-8',
  'pages.js': 'text/javascript; charset=utf-8',
  'mark.svg': 'image/svg+xml',
}
/** The letters of the web app, where it is installed; without it the pages show those of the system. */
const FONT = '@fontsource-variable/inter/files/inter-latin-opsz-normal.woff2'
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
    assetRoutes(scope)
    signInPages(scope, deps)
    codePages(scope, deps)
    linkPages(scope, deps)
    invitePages(scope, deps)
    setupPages(scope, deps)
  })
}

function assetRoutes(http: Http) {
  const serve = (name: string, type: string, content: Buffer) =>
    http.get(`/identity-assets/${name}`, { schema: { hide: true } }, (_request, reply) =>
      reply.header('cache-control', 'public, max-age=300').type(type).send(content),
    )
  for (const [name, type] of Object.entries(ASSETS)) serve(name, type, readFileSync(join(import.meta.dirname, 'assets', name)))
  const font = findFont()
  if (font) serve('inter.woff2', 'font/woff2', font)
}

function findFont() {
  try {
    return readFileSync(createRequire(import.meta.url).resolve(FONT))
  } catch {
    return undefined
  }
}

/** A bug goes on to the edge, which logs it and answers without detail. */
function sendRefusal(deps: PageDeps, error: FastifyError, reply: FastifyReply) {
  const status = error instanceof Refusal ? STATUS[error.kind] : error.validation ? 422 : error.statusCode
  if (status === undefined || status >= 500) throw error
  return sendPage(deps, reply, {
    status,
    write: (say) => ({
      title: say('not_possible'),
      content: html`<div class="stack">
        ${problem(error instanceof Refusal ? error.message : say('form_wrong'))} ${wayOn('/sign-in', say('sign_in'))}
      </div>`,
    }),
  })
}
