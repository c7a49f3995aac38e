// The story of passkeys, with an authenticator in software.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aStaff, TEST_PASSWORD } from '#testing/people'
import { type Browser, openBrowser } from '../testing/browser.ts'
import { openIdentity, ORIGIN, type TestIdentity } from '../testing/open-identity.ts'
import { createPasskey } from '../testing/software-passkey.ts'
import { codeOfNow } from '../testing/totp.ts'

let fairway: TestIdentity
beforeAll(async () => {
  fairway = await openIdentity()
})
afterAll(() => fairway.close())

type Passkey = ReturnType<typeof createPasskey>

async function register(browser: Browser, passkey: Passkey) {
  const { challenge, authenticatorSelection } = (await browser.get('/api/auth/passkey/generate-register-options')).json()
  const answer = await browser.send('POST', '/api/auth/passkey/verify-registration', {
    response: passkey.register(challenge),
    name: 'laptop',
  })
  return { answer, authenticatorSelection }
}

async function signInWith(passkey: Passkey, options: { isVerified?: boolean } = {}) {
  const browser = openBrowser(fairway)
  const { challenge, userVerification } = (await browser.get('/api/auth/passkey/generate-authenticate-options')).json()
  const answer = await browser.send('POST', '/api/auth/passkey/verify-authentication', {
    response: passkey.signIn(challenge, options),
  })
  return { browser, answer, userVerification }
}

async function somebodyWithPasskey() {
  const { person } = await aStaff(fairway, ['developer'], TEST_PASSWORD)
  const browser = openBrowser(fairway)
  await browser.signIn(person.email, TEST_PASSWORD)
  const passkey = createPasskey(ORIGIN)
  const { answer, authenticatorSelection } = await register(browser, passkey)
  expect([answer.statusCode, authenticatorSelection.userVerification]).toEqual([200, 'required'])
  return { person, browser, passkey }
}

test('a passkey is made in a session, and signs in without a password', async () => {
  const { person, passkey } = await somebodyWithPasskey()

  const { browser, answer, userVerification } = await signInWith(passkey)

  expect([answer.statusCode, userVerification]).toEqual([200, 'required'])
  expect((await browser.get('/api/v1/me')).json()).toMatchObject({ id: person.id, twoFactor: { passkeys: 1 } })
})

test('it counts as two factors, since it checks its person; one that did not is refused', async () => {
  const { person, browser: old, passkey } = await somebodyWithPasskey()
  const { totpURI } = (await old.send('POST', '/api/auth/two-factor/enable', { password: TEST_PASSWORD })).json()
  await old.send('POST', '/api/auth/two-factor/verify-totp', { code: codeOfNow(totpURI) })

  const unverified = await signInWith(passkey, { isVerified: false })
  const verified = await signInWith(passkey)

  expect(unverified.answer.json()).toMatchObject({ status: 401, code: 'sign_in.passkey_not_verified' })
  expect((await unverified.browser.get('/api/v1/me')).statusCode).toBe(401)
  expect((await verified.browser.get('/api/v1/me')).json()).toMatchObject({ id: person.id, twoFactor: { totp: true } })
})

test('nobody makes one without a session, signs in with one of another site, or uses an answer twice', async () => {
  const { passkey } = await somebodyWithPasskey()
  const stranger = openBrowser(fairway)
  const browser = openBrowser(fairway)
  const { challenge } = (await browser.get('/api/auth/passkey/generate-authenticate-options')).json()
  const answer = { response: passkey.signIn(challenge) }

  const refused = await stranger.get('/api/auth/passkey/generate-register-options')
  const unknown = await signInWith(createPasskey(ORIGIN))
  const first = await browser.send('POST', '/api/auth/passkey/verify-authentication', answer)
  const replayed = await stranger.send('POST', '/api/auth/passkey/verify-authentication', answer)

  expect(refused.statusCode).toBe(401)
  expect(unknown.answer.statusCode).toBe(401)
  expect(first.statusCode).toBe(200)
  expect(replayed.statusCode).toBeGreaterThanOrEqual(400)
  expect(replayed.statusCode).toBeLessThan(500)
  expect((await stranger.get('/api/v1/me')).statusCode).toBe(401)
})

test('it does not let in who was removed', async () => {
  const { person, passkey } = await somebodyWithPasskey()
  const { headers } = await aStaff(fairway)
  await fairway.http.inject({ method: 'DELETE', url: `/api/v1/staff/${person.id}`, headers })

  const { answer, browser } = await signInWith(passkey)

  expect(answer.statusCode).toBe(401)
  expect((await browser.get('/api/v1/me')).statusCode).toBe(401)
})
