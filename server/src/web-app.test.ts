// The page of the web app: what it names, what it brings, and to whom.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createHttp } from '#platform/http'
import { webAppRoutes } from './web-app.ts'

const INDEX = '<html><head><meta name="fairway-nonce" content="%NONCE%" /></head><body><div id="app"></div></body></html>'
const FRAME = { paint: '<div class="first"></div>', asks: ['/api/v1/me', '/api/v1/vendor'], styles: ['/assets/a.css'] }
const SCREENS = [
  {
    ...FRAME,
    path: '/console/rollouts/:rolloutId',
    kind: 'staff',
    scripts: ['/assets/rollout.js'],
    asksWithoutQuery: ['/api/v1/rollouts/:rolloutId', '/api/v1/counts?productId={productId}&channel=stable'],
  },
  {
    ...FRAME,
    path: '/',
    kind: 'member',
    scripts: ['/assets/home.js'],
    asksWithoutQuery: ['/api/v1/installations?limit=100', '/api/v1/outlooks?installationIds={items.id}'],
  },
]
const STAFF = 'fairway.session_token=staff'
const MEMBER = 'fairway.session_token=member'

/** The page on doors that answer what they were asked. */
async function aWebApp() {
  const folder = mkdtempSync(join(tmpdir(), 'fairway-web-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), INDEX)
  writeFileSync(join(folder, 'first-load.json'), JSON.stringify(SCREENS))
  const http = await createHttp({ publicUrl: 'http://localhost:4600', trustedProxies: [] })
  onTestFinished(async () => {
    await http.close()
    rmSync(folder, { recursive: true })
  })
  const asked: string[] = []
  http.get('/api/v1/me', (request, reply) => {
    const [, who] = /session_token=(staff|member)/.exec(request.headers.cookie ?? '') ?? []
    return who ? reply.header('set-cookie', 'fairway.session_token=longer').send({ kind: who }) : reply.code(401).send({})
  })
  http.get('/api/v1/*', (request) => {
    asked.push(request.url)
    return { productId: 'till', items: [{ id: 'in_b' }, { id: 'in_a' }], words: '</script><script>' }
  })
  await webAppRoutes(http, { folder, live: { position: async () => '1.2.3' } })
  const get = (url: string, cookie?: string) =>
    http.inject({ url, headers: { host: 'localhost:4600', accept: 'text/html', ...(cookie && { cookie }) } })
  return { get, asked }
}

const broughtBy = (html: string) => [...html.matchAll(/data-ask="([^"]+)"/g)].map(([, ask]) => ask)

test('a page names the files of its screen, draws its frame, and is never stored', async () => {
  const { get } = await aWebApp()

  const { statusCode, body, headers } = await get('/console/rollouts/ro_1')

  expect(statusCode).toBe(200)
  expect(body).toContain('<link rel="modulepreload" crossorigin href="/assets/rollout.js"></head>')
  expect(body).toContain('<link rel="stylesheet" crossorigin href="/assets/a.css">')
  expect(body).toContain('<div id="app"></div><div class="first"></div>')
  expect(headers['cache-control']).toBe('no-store')
  const [, nonce] = /content="([^"]+)"/.exec(body) ?? []
  expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
})

test('an address without a screen gets the app, as not found', async () => {
  const { get } = await aWebApp()

  const { statusCode, body } = await get('/console/nowhere', STAFF)

  expect(statusCode).toBe(404)
  expect(body).toContain('<div id="app"></div></body>')
})

test('a page brings the answers to what its screen asks, also to what follows from the first one', async () => {
  const { get } = await aWebApp()

  const { body, headers } = await get('/console/rollouts/ro_1', STAFF)

  expect(broughtBy(body)).toEqual([
    '/api/v1/me',
    '/api/v1/vendor',
    '/api/v1/rollouts/ro_1',
    '/api/v1/counts?productId=till&amp;channel=stable',
  ])
  expect(body).toContain('data-behind="1.2.3"')
  expect(headers['set-cookie']).toEqual(['fairway.session_token=longer'])
  expect(broughtBy((await get('/', MEMBER)).body)).toContain('/api/v1/outlooks?installationIds=in_a%2Cin_b')
})

test('no answer can end its piece of the page', async () => {
  const { get } = await aWebApp()

  const { body } = await get('/console/rollouts/ro_1', STAFF)

  expect(body).toContain(String.raw`"words":"\u003c/script>\u003cscript>"`)
})

test.each([
  ['who is not signed in', '/console/rollouts/ro_1', undefined, []],
  ['whose session ended', '/console/rollouts/ro_1', 'fairway.session_token=gone', []],
  ['who is not of this face', '/console/rollouts/ro_1', MEMBER, []],
  ['whose address asks something else', '/console/rollouts/ro_1?tab=x', STAFF, ['/api/v1/vendor']],
  ['whose address is no id', '/console/rollouts/%22%3E', STAFF, ['/api/v1/vendor']],
])('nothing more is asked for one %s', async (_who, url, cookie, expected) => {
  const { get, asked } = await aWebApp()

  const { body } = await get(url, cookie)

  expect(asked.toSorted()).toEqual(expected.toSorted())
  expect(body).not.toContain('%22')
})

test('programs get a problem, not a page', async () => {
  const { get } = await aWebApp()

  expect((await get('/updates/nowhere')).headers['content-type']).toContain('json')
})
