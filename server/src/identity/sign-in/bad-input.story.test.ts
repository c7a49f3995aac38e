// What strangers send: every door of signing in answers with a clear 4xx, never a 5xx, and stores nothing.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aStaff, TEST_PASSWORD } from '#testing/people'
import { openBrowser } from '../testing/browser.ts'
import { openIdentity, ORIGIN, type TestIdentity } from '../testing/open-identity.ts'
import { REACHABLE } from './auth-routes.ts'

let fairway: TestIdentity
beforeAll(async () => {
  fairway = await openIdentity()
})
afterAll(() => fairway.close())

/** A session that is there again before each request, whatever the last one did to it. */
async function aLastingSession() {
  const { person } = await aStaff(fairway, ['viewer'], TEST_PASSWORD)
  const browser = openBrowser(fairway)
  await browser.signIn(person.email, TEST_PASSWORD)
  const row = await fairway.db
    .selectFrom('identity.session')
    .selectAll()
    .where('userId', '=', person.id)
    .executeTakeFirstOrThrow()
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  return async () => {
    await fairway.db
      .insertInto('identity.session')
      .values(row)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
    return { cookie, origin: ORIGIN }
  }
}
const nobody = async () => ({})

const FIELDS = [
  'email',
  'password',
  'callbackURL',
  'rememberMe',
  'name',
  'metadata',
  'token',
  'currentPassword',
  'newPassword',
  'revokeOtherSessions',
  'response',
  'id',
  'code',
  'trustDevice',
  'issuer',
  'method',
]
const EVIL: unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  '\u0000',
  '\ud800',
  'a\u0000b@example.com',
  'x'.repeat(20_000),
  [],
  ['a'],
  {},
  { a: { b: 'c' } },
  { toString: 1 },
  '__proto__',
  "'; drop table x; --",
  '%00',
  '\u{1f600}'.repeat(300),
  'javascript:alert(1)',
  '//evil.example',
  '../../etc/passwd',
  'ann@ex\u0000ample.com',
]

const BODIES: string[] = [
  ...EVIL.map((value) => JSON.stringify(value)),
  ...EVIL.map((value) => JSON.stringify(Object.fromEntries(FIELDS.map((field) => [field, value])))),
  ...EVIL.map((value) =>
    JSON.stringify({
      email: 'ann@example.com',
      password: TEST_PASSWORD,
      currentPassword: TEST_PASSWORD,
      newPassword: 'another fine password',
      code: '123456',
      callbackURL: value,
      metadata: value,
      response: {
        id: value,
        rawId: value,
        type: 'public-key',
        response: { clientDataJSON: value, authenticatorData: value, attestationObject: value, signature: value },
      },
    }),
  ),
  '{"__proto__":{"admin":true},"constructor":{"prototype":{}}}',
  '{"email":"ann@example.com","email":["x"]}',
  '[[[[[[',
  '{"a":',
  'email=ann@example.com&password=x',
  '\u0000',
  '{"email":"\\ud83d"}',
  `{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`,
  '9'.repeat(400),
]
const QUERIES = [
  '?',
  '?%00',
  '?a=%',
  '?a=%ff',
  '?name=%00',
  '?name=%ed%a0%80',
  '?context=%00',
  `?name=${'x'.repeat(5000)}`,
  '?disableCookieCache[]=1',
  '?name=a&name=b',
  '?__proto__=1',
  '?token=%00',
  '?authenticatorAttachment=nonsense',
  '?disableRefresh=maybe',
]

test.each(REACHABLE.POST)('POST %s', async (path) => {
  const found = new Set<string>()
  const signedIn = await aLastingSession()
  for (const [at, payload] of BODIES.entries()) {
    for (const who of [nobody, signedIn]) {
      const answer = await fairway.http.inject({
        method: 'POST',
        url: `/api/auth${path}`,
        // Each from an address of its own, or the limits would answer.
        remoteAddress: `10.${at & 255}.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`,
        headers: { 'content-type': 'application/json', ...(await who()) },
        payload,
      })
      if (answer.statusCode >= 500) found.add(`${answer.statusCode} ${payload.slice(0, 200)}`)
      if (answer.statusCode >= 400) expect(answer.headers['content-type']).toContain('application/problem+json')
    }
  }
  expect([...found]).toEqual([])
})

test.each(REACHABLE.GET)('GET %s', async (path) => {
  const found = new Set<string>()
  const signedIn = await aLastingSession()
  for (const query of QUERIES) {
    for (const who of [nobody, signedIn]) {
      const answer = await fairway.http.inject({ url: `/api/auth${path}${query}`, headers: await who() })
      if (answer.statusCode >= 500) found.add(`${answer.statusCode} ${query}`)
    }
  }
  expect([...found]).toEqual([])
})

test('what was sent made nobody', async () => {
  const people = await fairway.db.selectFrom('identity.user').select('email').execute()
  expect(people.filter(({ email }) => !email.endsWith('@vendor.example'))).toEqual([])
})

test('a body that is too big, of another kind, or of another method', async () => {
  const post = (headers: Record<string, string>, payload: string | Buffer) =>
    fairway.http.inject({ method: 'POST', url: '/api/auth/sign-in/email', headers, payload })

  const big = await post({ 'content-type': 'application/json' }, `{"email":"${'x'.repeat(100_000)}"}`)
  const form = await post({ 'content-type': 'application/x-www-form-urlencoded' }, 'email=ann@example.com&password=x')
  const bytes = await post({ 'content-type': 'application/json' }, Buffer.from([0xff, 0xfe, 0x00, 0xd8]))
  const odd = await post({ 'content-type': 'nonsense; ;;' }, '{}')
  const put = await fairway.http.inject({ method: 'PUT', url: '/api/auth/sign-in/email', payload: {} })

  expect([big, form, bytes, put].map((answer) => answer.statusCode)).toEqual([413, 422, 422, 404])
  expect(odd.statusCode).toBeGreaterThanOrEqual(400)
  expect(odd.statusCode).toBeLessThan(500)
})

test('cookies that are not ours to read', async () => {
  const names = [
    'fairway.session_token',
    'fairway.two_factor',
    'fairway.trust_device',
    'fairway.better-auth-passkey',
    'fairway.session_data',
    'fairway.dont_remember',
  ]
  const values = ['', 'x', 'a.b', '%00', '%', '%ff', 'x'.repeat(4000), '\u00ff', '"', 'a=b=c', '__proto__']
  for (const name of names) {
    for (const value of values) {
      const headers = { cookie: `${name}=${value}`, origin: ORIGIN }
      const answers = [
        await fairway.http.inject({ url: '/api/auth/get-session', headers }),
        await fairway.http.inject({ url: '/api/v1/me', headers }),
        await fairway.http.inject({
          method: 'POST',
          url: '/api/auth/two-factor/verify-totp',
          headers,
          payload: { code: '123456' },
          remoteAddress: `10.1.${values.indexOf(value)}.${names.indexOf(name)}`,
        }),
        await fairway.http.inject({
          method: 'POST',
          url: '/api/auth/passkey/verify-authentication',
          headers,
          payload: { response: { id: 'x' } },
        }),
      ]
      for (const answer of answers) expect([name, value, answer.statusCode < 500]).toEqual([name, value, true])
    }
  }
})

test('forms and addresses of the pages', async () => {
  const link = 'a'.repeat(43)
  const pages = [
    '/sign-in',
    '/sign-in/link',
    '/sign-in/code',
    `/sign-in/link/${'a'.repeat(32)}`,
    `/invite/${link}`,
    `/setup/${link}`,
    '/sign-out',
  ]
  const forms = [
    '',
    'email=%00',
    'email=a&email=b',
    'email=ann%40example.com&password=%00',
    'name=%00&password=x&email=%ed%a0%80',
    'code=%00',
    'code[]=1',
    `password=${'x'.repeat(10_000)}`,
    '__proto__=1',
    '%',
    '{"email":1}',
  ]
  for (const url of pages) {
    for (const payload of forms) {
      const answer = await fairway.http.inject({
        method: 'POST',
        url,
        headers: { origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' },
        payload,
        remoteAddress: `10.2.${forms.indexOf(payload)}.${pages.indexOf(url)}`,
      })
      expect([url, payload, answer.statusCode < 500]).toEqual([url, payload, true])
    }
    const json = await fairway.http.inject({ method: 'POST', url, headers: { origin: ORIGIN }, payload: { email: 1 } })
    expect([url, json.statusCode]).toEqual([url, 415])
  }
  const host = new URL(ORIGIN).host
  for (const url of [
    '/invite/%00',
    '/invite/x',
    `/setup/${'x'.repeat(200)}`,
    '/sign-in/link/%ff',
    '/sign-in?next=%00',
    '/sign-in?next[]=x',
    '/sign-in/code?next=%ed%a0%80',
    `/sign-in?next=${'x'.repeat(5000)}`,
  ]) {
    const answer = await fairway.http.inject({ url, headers: { host } })
    expect([url, answer.statusCode < 500]).toEqual([url, true])
  }
})
