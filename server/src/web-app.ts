// Serves the web app: its files for ever by their hashed names; its page anew each time, with what the screen needs and the first answers to it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import staticFiles from '@fastify/static'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Http } from '#platform/http'
import { unknownRoute } from '#platform/http/problem'
import { newSecret } from '#platform/ids'
import type { Live } from '#platform/live'
import { type Brought, bringAnswers, type Questions } from './web-answers.ts'

/** Programs ask there: they want a problem document, not a page. */
const FOR_PROGRAMS = /^\/(api|updates|health|metrics|assets|identity-assets|v2)(\/|\?|$)/
const PLACE_OF_NONCE = '%NONCE%'
const PLACE_OF_APP = '<div id="app"></div>'

/** What one screen needs at first, as the build wrote it (web/build/first-load.ts). */
interface FirstLoad extends Questions {
  /** Its address, `/console/rollouts/:rolloutId`. */
  path: string
  scripts: string[]
  styles: string[]
  /** The frame as shapes, until scripts draw it. */
  paint: string
}
type Screen = FirstLoad & { pattern: URLPattern; page: string }

interface WebApp {
  /** What `npm run build` made; without it only the pages of the server exist. */
  folder: string | undefined
  live: Pick<Live, 'position'>
}

export async function webAppRoutes(http: Http, { folder, live }: WebApp) {
  if (!folder || !existsSync(join(folder, 'first-load.json')))
    return void http.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/sign-in', 302))
  const plain = readFileSync(join(folder, 'index.html'), 'utf8')
  const screens = readScreens(folder, plain)
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
  async function send(request: FastifyRequest, reply: FastifyReply) {
    const wantsPage = request.headers.accept?.includes('text/html') && !FOR_PROGRAMS.test(request.url)
    if (!wantsPage) return unknownRoute(request)
    const found = screenAt(screens, request.url)
    const brought = found && (await bringAnswers({ http, live }, request, found))
    return sendPage(reply, { page: found?.screen.page ?? plain, isThere: found !== undefined, brought })
  }
  http.get('/', { schema: { hide: true } }, send)
  http.get('/*', { schema: { hide: true } }, send)
}

/** The page of each screen names its files, so that they come side by side, and not one after the other. */
function readScreens(folder: string, plain: string): Screen[] {
  // Written by our own build.
  const all = JSON.parse(readFileSync(join(folder, 'first-load.json'), 'utf8')) as FirstLoad[]
  return all.map((screen) => {
    const styles = screen.styles.map((href) => `<link rel="stylesheet" crossorigin href="${href}">`)
    const scripts = screen.scripts.map((href) => `<link rel="modulepreload" crossorigin href="${href}">`)
    const page = plain
      .replace('</head>', `${[...styles, ...scripts].join('')}</head>`)
      .replace(PLACE_OF_APP, PLACE_OF_APP + screen.paint)
    return { ...screen, pattern: new URLPattern({ pathname: screen.path }), page }
  })
}

function screenAt(screens: Screen[], url: string) {
  const address = url.split('?', 1)[0] ?? ''
  const pathname = address.length > 1 ? address.replace(/\/$/, '') : address
  for (const screen of screens) {
    const match = screen.pattern.exec({ pathname })
    if (match) return { screen, params: match.pathname.groups }
  }
  return undefined
}

interface Page {
  page: string
  isThere: boolean
  brought: Brought | undefined
}

/** The app adds styles while it runs; only those with this answer's nonce count (CSP Level 3 §7.1). */
function sendPage(reply: FastifyReply, { page, isThere, brought }: Page) {
  const nonce = newSecret()
  const policy = String(reply.getHeader('content-security-policy'))
  const [before = '', after = ''] = page.replaceAll(PLACE_OF_NONCE, nonce).split(/(?=<\/body>)/)
  // The frame is drawn while the answers are still on their way; scripts run once the page is whole.
  async function* parts() {
    yield before
    for (const answer of brought?.answers ?? []) yield await answer
    yield after
  }
  if (brought?.cookies.length) reply.header('set-cookie', brought.cookies)
  // Never stored (EVERY_ANSWER): it holds what the person may see, and a nonce.
  return reply
    .code(isThere ? 200 : 404)
    .header('content-security-policy', policy.replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`))
    .type('text/html; charset=utf-8')
    .send(Readable.from(parts()))
}
