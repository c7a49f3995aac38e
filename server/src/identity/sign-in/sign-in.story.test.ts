// The story of signing in with a browser: by password, sessions, and what is closed.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aMember, anOrganisation, aStaff, TEST_PASSWORD } from '#testing/people'
import { latestMail, openBrowser } from '../testing/browser.ts'
import { openIdentity, ORIGIN, type TestIdentity } from '../testing/open-identity.ts'
import { createAuth } from './auth.ts'
import { REACHABLE } from './auth-routes.ts'

let fairway: TestIdentity
beforeAll(async () => {
  fairway = await openIdentity()
})
afterAll(() => fairway.close())

async function somebodySignedIn() {
  const { person, headers } = await aStaff(fairway, ['administrator'], TEST_PASSWORD)
  const browser = openBrowser(fairway)
  await browser.signIn(person.email, TEST_PASSWORD)
  return { person, headers, browser }
}

describe('a password', () => {
  test('opens a session, which knows who it is, until it is signed out', async () => {
    const { person } = await aStaff(fairway, ['operator', 'support'], TEST_PASSWORD)
    const browser = openBrowser(fairway)

    const before = await browser.get('/api/v1/me')
    const signedIn = await browser.signIn(person.email.toUpperCase(), TEST_PASSWORD)
    const during = await browser.get('/api/v1/me')
    await browser.send('POST', '/api/auth/sign-out')
    const after = await browser.get('/api/v1/me')

    expect(before.json()).toMatchObject({ status: 401, code: 'session.missing' })
    expect(signedIn.statusCode).toBe(200)
    expect(during.json()).toMatchObject({
      id: person.id,
      kind: 'staff',
      roles: ['operator', 'support'],
      organisation: null,
      credential: 'session',
      hasPassword: true,
      twoFactor: { totp: false, passkeys: 0 },
    })
    expect(after.statusCode).toBe(401)
  })

  test('that is wrong, of nobody, of nobody any more, or of somebody without one: all the same to the eye', async () => {
    const organisation = await anOrganisation(fairway)
    const { headers } = await aStaff(fairway)
    const { person: known } = await aMember(fairway, organisation.id, { password: TEST_PASSWORD })
    const { person: gone } = await aMember(fairway, organisation.id, { password: TEST_PASSWORD })
    const { person: without } = await aMember(fairway, organisation.id)
    await fairway.http.inject({ method: 'DELETE', url: `/api/v1/organisations/${organisation.id}/members/${gone.id}`, headers })
    const browser = openBrowser(fairway)

    const answers = [
      await browser.signIn(known.email, 'a wrong password'),
      await browser.signIn('nobody@customer.example', TEST_PASSWORD),
      await browser.signIn(gone.email, TEST_PASSWORD),
      await browser.signIn(without.email, TEST_PASSWORD),
    ]

    const seen = answers.map((answer) => ({ ...answer.json(), requestId: '', status: answer.statusCode }))
    expect(seen[0]).toMatchObject({ status: 401, code: 'sign_in.invalid_email_or_password' })
    expect(seen.slice(1)).toEqual([seen[0], seen[0], seen[0]])
    expect(browser.cookies.size).toBe(0)
  })

  test('is hashed for nobody too, so that time tells nothing', async () => {
    const asked: string[] = []
    const auth = createAuth(fairway.deps)
    const { password } = await auth.$context
    const { hash, verify } = password
    password.hash = (text) => (asked.push('hash'), hash(text))
    password.verify = (pair) => (asked.push('verify'), verify(pair))
    const { person } = await aStaff(fairway, ['viewer'], TEST_PASSWORD)

    for (const email of ['nobody@vendor.example', person.email])
      await auth.api.signInEmail({ body: { email, password: 'a wrong password' } }).catch(() => undefined)

    // Both are one scrypt.
    expect(asked).toEqual(['hash', 'verify'])
  })

  test('is guessed ten times a minute from one address, whatever the headers say; others are not held up', async () => {
    const { person } = await aStaff(fairway, ['viewer'], TEST_PASSWORD)
    const guess = (at: number) =>
      fairway.http.inject({
        method: 'POST',
        url: '/api/auth/sign-in/email',
        remoteAddress: '192.0.2.7',
        headers: { 'x-fairway-ip': `198.51.100.${at}`, 'x-forwarded-for': `198.51.100.${at}` },
        payload: { email: person.email, password: 'a wrong password' },
      })

    const codes: number[] = []
    for (let at = 0; at < 12; at++) codes.push((await guess(at)).statusCode)
    const last = await guess(99)
    const other = await openBrowser(fairway).signIn(person.email, TEST_PASSWORD)

    expect(codes).toEqual([...Array(10).fill(401), 429, 429])
    expect(last.json()).toMatchObject({ code: 'request.too_many' })
    expect(Number(last.headers['retry-after'])).toBeGreaterThan(0)
    expect(other.statusCode).toBe(200)
  })

  test('is changed by who knows the old one; a mail says so; other sessions may be ended with it', async () => {
    const { person, browser } = await somebodySignedIn()
    const other = openBrowser(fairway)
    await other.signIn(person.email, TEST_PASSWORD)
    const change = (currentPassword: string, newPassword: string) =>
      browser.send('POST', '/api/auth/change-password', { currentPassword, newPassword, revokeOtherSessions: true })

    const short = await change(TEST_PASSWORD, 'elevenchars')
    const wrong = await change('not the password', 'another fine password')
    const noMail = await latestMail(fairway, person.email)
    const right = await change(TEST_PASSWORD, 'another fine password')

    expect([short.statusCode, wrong.statusCode, right.statusCode]).toEqual([422, 422, 200])
    expect(noMail).toBeUndefined()
    expect((await latestMail(fairway, person.email))?.subject).toContain('password was changed')
    expect((await other.get('/api/v1/me')).statusCode).toBe(401)
    expect((await browser.get('/api/v1/me')).statusCode).toBe(200)
    expect((await openBrowser(fairway).signIn(person.email, TEST_PASSWORD)).statusCode).toBe(401)
    expect((await openBrowser(fairway).signIn(person.email, 'another fine password')).statusCode).toBe(200)
  })
})

describe('a session', () => {
  test('is a cookie that script cannot read, lax, for seven days; secure where the address is https', async () => {
    const secure = await openIdentity({ publicUrl: 'https://fairway.example' })
    const plainCookie = (await signInRaw(fairway, ORIGIN)).cookies.find(({ name }) => name === 'fairway.session_token')
    const secureAnswer = await signInRaw(secure, 'https://fairway.example')
    const secureCookie = secureAnswer.cookies.find(({ name }) => name === '__Secure-fairway.session_token')
    const me = await secure.http.inject({
      url: '/api/v1/me',
      headers: { cookie: `${secureCookie?.name}=${encodeURIComponent(secureCookie?.value ?? '')}` },
    })
    await secure.close()

    expect(plainCookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', maxAge: 604_800 })
    expect(plainCookie?.secure).toBeUndefined()
    expect(secureCookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: true })
    expect(me.statusCode).toBe(200)
  })

  test('is prolonged while it is used, and ends after seven days', async () => {
    const { person, browser } = await somebodySignedIn()
    const setAge = (days: number) =>
      fairway.db
        .updateTable('identity.session')
        .set({ expiresAt: new Date(Date.now() + (7 - days) * 86_400_000) })
        .where('userId', '=', person.id)
        .execute()

    await setAge(2)
    const used = await browser.get('/api/v1/me')
    const { expiresAt } = await fairway.db
      .selectFrom('identity.session')
      .select('expiresAt')
      .where('userId', '=', person.id)
      .executeTakeFirstOrThrow()
    await setAge(7.001)
    const old = await browser.get('/api/v1/me')

    expect(used.cookies.map(({ name }) => name)).toContain('fairway.session_token')
    expect(expiresAt.getTime()).toBeGreaterThan(Date.now() + 6.9 * 86_400_000)
    expect(old.statusCode).toBe(401)
  })

  test('is seen among one’s own and revoked at once; those of others are not there', async () => {
    const { person, browser } = await somebodySignedIn()
    const phone = openBrowser(fairway)
    await phone.signIn(person.email, TEST_PASSWORD)
    const { browser: stranger } = await somebodySignedIn()

    const { items } = (await browser.get('/api/v1/sessions')).json()
    const other = items.find((one: { isCurrent: boolean }) => !one.isCurrent)
    const foreign = await stranger.send('DELETE', `/api/v1/sessions/${other.id}`)
    const stillThere = await phone.get('/api/v1/me')
    const revoked = await browser.send('DELETE', `/api/v1/sessions/${other.id}`)

    expect(items).toHaveLength(2)
    expect(foreign.json()).toMatchObject({ status: 404, code: 'session.unknown' })
    expect(stillThere.statusCode).toBe(200)
    expect(revoked.statusCode).toBe(204)
    expect((await phone.get('/api/v1/me')).statusCode).toBe(401)
    expect((await browser.get('/api/v1/me')).statusCode).toBe(200)
  })

  test('changes nothing for a page of another origin, nor for one that does not say where it is from', async () => {
    const { browser } = await somebodySignedIn()
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const post = (url: string, headers: Record<string, string>) =>
      fairway.http.inject({ method: 'POST', url, headers: { cookie, ...headers }, payload: { name: 'Acme' } })

    const foreign = await post('/api/v1/organisations', { origin: 'https://evil.example' })
    const silent = await post('/api/v1/organisations', {})
    const foreignSignOut = await post('/api/auth/sign-out', { origin: 'https://evil.example' })
    const foreignForm = await fairway.http.inject({
      method: 'POST',
      url: '/sign-out',
      headers: { cookie, origin: 'https://evil.example', 'content-type': 'application/x-www-form-urlencoded' },
      payload: '',
    })
    const own = await post('/api/v1/organisations', { origin: ORIGIN })
    const sameOrigin = await post('/api/v1/organisations', { 'sec-fetch-site': 'same-origin' })

    for (const refused of [foreign, silent, foreignSignOut])
      expect(refused.json()).toMatchObject({ status: 403, code: 'session.foreign_origin' })
    expect(foreignForm.statusCode).toBe(403)
    expect([own.statusCode, sameOrigin.statusCode]).toEqual([201, 201])
    expect((await browser.get('/api/v1/me')).statusCode).toBe(200)
  })

  test('with a forged or cut cookie is nobody', async () => {
    const { browser } = await somebodySignedIn()
    const real = browser.cookies.get('fairway.session_token') ?? ''

    for (const value of [
      '',
      'x',
      real.slice(0, -3),
      `${real}x`,
      real.replace(/^./, 'x'),
      '%00',
      '%ff',
      'a.b.c',
      'é'.repeat(100),
    ]) {
      const answer = await fairway.http.inject({ url: '/api/v1/me', headers: { cookie: `fairway.session_token=${value}` } })
      expect([value, answer.statusCode]).toEqual([value, 401])
    }
  })
})

describe('better-auth', () => {
  test('has no open door but ours: every other endpoint of it is not there', async () => {
    const { browser } = await somebodySignedIn()
    const endpoints = Object.values(
      createAuth(fairway.deps).api as unknown as Record<string, { path?: string; options?: { method?: string | string[] } }>,
    )
    const closed = endpoints
      .flatMap(({ path, options }) => [options?.method ?? []].flat().map((method) => ({ path: path ?? '', method })))
      .filter(({ path, method }) => path !== '' && !(REACHABLE[method as 'GET' | 'POST'] as readonly string[]).includes(path))

    const answers = await Promise.all(
      closed.map(({ path, method }) =>
        method === 'GET' ? browser.get(`/api/auth${path}`) : browser.send('POST', `/api/auth${path}`, {}),
      ),
    )

    expect(closed.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        '/sign-up/email',
        '/magic-link/verify',
        '/change-email',
        '/delete-user',
        '/update-user',
        '/request-password-reset',
      ]),
    )
    expect(answers.map((answer) => answer.json().code)).toEqual(closed.map(() => 'request.unknown_route'))
  })

  test('is not reached by another spelling of a closed door', async () => {
    const { browser } = await somebodySignedIn()
    for (const path of [
      '/sign-up//email',
      '/SIGN-UP/EMAIL',
      '/sign-up/email/',
      '/../auth/sign-up/email',
      '/sign-up%2femail',
      '/get-session/../sign-up/email',
    ]) {
      const answer = await browser.send('POST', `/api/auth${path}`, {
        email: 'new@vendor.example',
        password: TEST_PASSWORD,
        name: 'New',
      })
      expect([path, answer.statusCode]).toEqual([path, 404])
    }
    const made = await fairway.db.selectFrom('identity.user').select('id').where('email', '=', 'new@vendor.example').execute()
    expect(made).toEqual([])
  })
})

async function signInRaw(where: TestIdentity, origin: string) {
  const { person } = await aStaff(where, ['viewer'], TEST_PASSWORD)
  return where.http.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    remoteAddress: '192.0.2.99',
    headers: { origin },
    payload: { email: person.email, password: TEST_PASSWORD },
  })
}
