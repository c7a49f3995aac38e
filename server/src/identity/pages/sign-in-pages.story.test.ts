// The story of the sign-in pages, without any script: password, mailed link, second factor.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openFairwayForTest } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff, TEST_PASSWORD } from '#testing/people'
import { type Browser, latestMail, openBrowser } from '../testing/browser.ts'
import { openIdentity, type TestIdentity } from '../testing/open-identity.ts'
import { codeOfNow } from '../testing/totp.ts'

let fairway: TestIdentity
beforeAll(async () => {
  fairway = await openIdentity()
})
afterAll(() => fairway.close())

const wrongFieldsOf = (body: string) => [...body.matchAll(/id="(\w+)-error"/g)].map(([, name]) => name)
const meOf = async (browser: Browser) => (await browser.get('/api/v1/me')).json()

async function askForLink(browser: Browser, email: string) {
  const answer = await browser.submit('/sign-in/link', { email })
  return { answer, path: (await latestMail(fairway, email))?.path ?? '' }
}

/** With TOTP set up through the API, as the app will do it. */
async function somebodyWithTotp() {
  const { person } = await aStaff(fairway, ['operator'], TEST_PASSWORD)
  const browser = openBrowser(fairway)
  await browser.signIn(person.email, TEST_PASSWORD)
  const { totpURI, backupCodes } = (await browser.send('POST', '/api/auth/two-factor/enable', { password: TEST_PASSWORD })).json()
  const confirmed = await browser.send('POST', '/api/auth/two-factor/verify-totp', { code: codeOfNow(totpURI) })
  expect(confirmed.statusCode).toBe(200)
  return { person, browser, totpURI: totpURI as string, backupCodes: backupCodes as string[] }
}

test('the address that Fairway prints leads to the form, where no web app was built', async () => {
  const answer = await openBrowser(await openFairwayForTest()).get('/')

  expect([answer.statusCode, answer.headers.location]).toEqual([302, '/sign-in'])
})

describe('by password', () => {
  test('the form leads to where one wanted to go, and the page then says who is signed in', async () => {
    const { person } = await aStaff(fairway, ['viewer'], TEST_PASSWORD)
    const browser = openBrowser(fairway)

    const form = await browser.get('/sign-in?next=/inquiries')
    const answer = await browser.submit('/sign-in', { email: person.email, password: TEST_PASSWORD, next: '/inquiries' })
    const after = await browser.get('/sign-in')

    expect(form.body).toContain('value="/inquiries"')
    expect([answer.statusCode, answer.headers.location]).toEqual([303, '/inquiries'])
    expect(after.body).toContain(person.name)
    expect((await browser.submit('/sign-out', {})).headers.location).toBe('/sign-in')
    expect((await meOf(browser)).status).toBe(401)
  })

  test('what is wrong is said on the page, without saying which', async () => {
    const { person } = await aStaff(fairway, ['viewer'], TEST_PASSWORD)
    const browser = openBrowser(fairway)

    const wrong = await browser.submit('/sign-in', { email: person.email, password: 'a wrong password', next: '' })
    const nobody = await browser.submit('/sign-in', { email: 'nobody@vendor.example', password: TEST_PASSWORD, next: '' })

    expect(wrong.statusCode).toBe(401)
    expect(wrong.body).toContain('role="alert"')
    expect(wrong.body.replaceAll(person.email, '')).toBe(nobody.body.replaceAll('nobody@vendor.example', ''))
  })

  test('a form from elsewhere, or one that leads elsewhere, does not work', async () => {
    const { person } = await aStaff(fairway, ['viewer'], TEST_PASSWORD)

    const foreign = await openBrowser(fairway, 'https://evil.example').submit('/sign-in', {
      email: person.email,
      password: TEST_PASSWORD,
      next: '',
    })
    const away = await openBrowser(fairway).submit('/sign-in', {
      email: person.email,
      password: TEST_PASSWORD,
      next: '//evil.example',
    })

    expect(foreign.statusCode).toBe(403)
    expect(foreign.cookies).toEqual([])
    expect(away.headers.location).toBe('/')
  })

  test('what cannot be right is said beside its field, and what was typed stays', async () => {
    const browser = openBrowser(fairway)

    const half = await browser.submit('/sign-in', { email: 'ann@', password: 'x', next: '/inquiries' })
    const empty = await browser.submit('/sign-in', { email: 'ann@vendor.example', password: '', next: '/inquiries' })
    const noAddress = await browser.submit('/sign-in/link', { email: '<b>' })

    expect([half, empty, noAddress].map((answer) => answer.statusCode)).toEqual([422, 422, 422])
    expect(wrongFieldsOf(half.body)).toEqual(['email'])
    expect(half.body).toContain('value="ann@"')
    expect(half.body).toContain('value="/inquiries"')
    expect(wrongFieldsOf(empty.body)).toEqual(['password'])
    expect(wrongFieldsOf(noAddress.body)).toEqual(['email'])
    expect(noAddress.body).toContain('value="&lt;b&gt;"')
  })

  test('who is in already goes on to where they wanted to go', async () => {
    const { person } = await aStaff(fairway, ['viewer'], TEST_PASSWORD)
    const browser = openBrowser(fairway)
    await browser.signIn(person.email, TEST_PASSWORD)

    expect((await browser.get('/sign-in?next=/console/fleet')).body).toContain('href="/console/fleet"')
    expect((await browser.get('/sign-in?next=//evil.example')).body).not.toContain('evil')
  })
})

describe('by mailed link', () => {
  test('opening it does nothing, its button signs in, once', async () => {
    const organisation = await anOrganisation(fairway)
    const { person } = await aMember(fairway, organisation.id)
    const browser = openBrowser(fairway)

    const { answer, path } = await askForLink(browser, person.email)
    const scanned = [await browser.get(path), await browser.get(path)]
    const before = await meOf(browser)
    const pressed = await browser.submit(path, {})
    const me = await meOf(browser)
    const again = await openBrowser(fairway).submit(path, {})

    expect(answer.statusCode).toBe(200)
    expect(path).toMatch(/^\/sign-in\/link\/[A-Za-z]{32}$/)
    expect(scanned.map((one) => one.statusCode)).toEqual([200, 200])
    expect(before.status).toBe(401)
    expect([pressed.statusCode, pressed.headers.location]).toEqual([303, '/'])
    expect(me).toMatchObject({
      id: person.id,
      kind: 'member',
      organisation: { id: organisation.id, role: 'member' },
      hasPassword: false,
    })
    expect(again.statusCode).toBe(401)
    expect(again.cookies).toEqual([])
  })

  test('keeps the password of who has one (an address counts as verified from the start)', async () => {
    const { person } = await aStaff(fairway, ['administrator'], TEST_PASSWORD)
    const browser = openBrowser(fairway)

    await browser.submit((await askForLink(browser, person.email)).path, {})

    expect((await meOf(browser)).hasPassword).toBe(true)
    expect((await openBrowser(fairway).signIn(person.email, TEST_PASSWORD)).statusCode).toBe(200)
  })

  test('is sent to people who are here only, and the page does not tell', async () => {
    const organisation = await anOrganisation(fairway)
    const { headers } = await aStaff(fairway)
    const { person: gone } = await aMember(fairway, organisation.id)
    const { person: here } = await aMember(fairway, organisation.id)
    const leave = (await askForLink(openBrowser(fairway), gone.email)).path
    await fairway.http.inject({ method: 'DELETE', url: `/api/v1/organisations/${organisation.id}/members/${gone.id}`, headers })
    const sentBefore = (await fairway.mail.list()).length

    const nobody = await askForLink(openBrowser(fairway), 'nobody@customer.example')
    await askForLink(openBrowser(fairway), gone.email)
    const sentTo = (await fairway.mail.list()).length - sentBefore
    const known = await askForLink(openBrowser(fairway), here.email)
    const oldLink = await openBrowser(fairway).submit(leave, {})

    expect(sentTo).toBe(0)
    expect(nobody.answer.body.replaceAll('nobody@customer.example', '')).toBe(known.answer.body.replaceAll(here.email, ''))
    expect(oldLink.statusCode).toBe(401)
    expect(oldLink.cookies).toEqual([])
  })

  test('ends after fifteen minutes, and lies in the database as a digest only', async () => {
    const { person } = await aStaff(fairway, ['viewer'])
    const { path } = await askForLink(openBrowser(fairway), person.email)
    const rows = await fairway.db.selectFrom('identity.verification').selectAll().execute()
    const row = rows.find(({ value }) => value.includes(person.email))
    await fairway.db
      .updateTable('identity.verification')
      .set({ expiresAt: new Date(Date.now() - 1) })
      .execute()

    const late = await openBrowser(fairway).submit(path, {})

    const minutes = ((row?.expiresAt.getTime() ?? 0) - Date.now()) / 60_000
    expect(minutes).toBeGreaterThan(14)
    expect(minutes).toBeLessThanOrEqual(15)
    expect(JSON.stringify(rows)).not.toContain(path.split('/').at(-1))
    expect(late.statusCode).toBe(401)
  })

  test('is sent at most a few times a minute from one address', async () => {
    const { person } = await aStaff(fairway, ['viewer'])
    const browser = openBrowser(fairway)

    const codes: number[] = []
    for (let at = 0; at < 7; at++) codes.push((await askForLink(browser, person.email)).answer.statusCode)

    expect(codes).toEqual([200, 200, 200, 200, 200, 429, 429])
  })
})

describe('with TOTP set, the second step is asked', () => {
  test('after the password', async () => {
    const { person, totpURI } = await somebodyWithTotp()
    const browser = openBrowser(fairway)

    const first = await browser.submit('/sign-in', { email: person.email, password: TEST_PASSWORD, next: '/releases' })
    const between = await meOf(browser)
    const wrong = await browser.submit('/sign-in/code', { code: '000000', next: '/releases' })
    const stillOut = await meOf(browser)
    const right = await browser.submit('/sign-in/code', { code: codeOfNow(totpURI), next: '/releases' })

    expect(first.headers.location).toBe('/sign-in/code?next=%2Freleases')
    expect(between.status).toBe(401)
    expect(wrong.statusCode).toBe(401)
    expect(stillOut.status).toBe(401)
    expect(right.headers.location).toBe('/releases')
    expect(await meOf(browser)).toMatchObject({ id: person.id, twoFactor: { totp: true } })
  })

  test('after a mailed link', async () => {
    const { person, totpURI } = await somebodyWithTotp()
    const browser = openBrowser(fairway)

    const pressed = await browser.submit((await askForLink(browser, person.email)).path, {})
    const between = await meOf(browser)
    await browser.submit('/sign-in/code', { code: codeOfNow(totpURI), next: '' })

    expect(pressed.headers.location).toBe('/sign-in/code')
    expect(between.status).toBe(401)
    expect((await meOf(browser)).id).toBe(person.id)
  })

  test('and answered by a backup code, each of them once', async () => {
    const { person, backupCodes } = await somebodyWithTotp()
    const signInBy = async (code: string) => {
      const browser = openBrowser(fairway)
      await browser.submit('/sign-in', { email: person.email, password: TEST_PASSWORD, next: '' })
      return browser.submit('/sign-in/code', { code, next: '' })
    }

    const [first = ''] = backupCodes
    const answers = [await signInBy(first), await signInBy(first), await signInBy(backupCodes[1] ?? '')]

    expect(answers.map((answer) => answer.statusCode)).toEqual([303, 401, 303])
  })

  test('every time: no device is trusted to skip it', async () => {
    const { person, totpURI } = await somebodyWithTotp()
    const browser = openBrowser(fairway)
    await browser.signIn(person.email, TEST_PASSWORD)
    const trusted = await browser.send('POST', '/api/auth/two-factor/verify-totp', {
      code: codeOfNow(totpURI),
      trustDevice: true,
    })
    await browser.send('POST', '/api/auth/sign-out')

    const again = await browser.signIn(person.email, TEST_PASSWORD)

    expect(trusted.statusCode).toBe(200)
    expect(again.json()).toMatchObject({ twoFactorRedirect: true })
    expect((await meOf(browser)).status).toBe(401)
  })

  test('of nobody who did not give the first', async () => {
    const { totpURI, backupCodes } = await somebodyWithTotp()
    const stranger = openBrowser(fairway)

    const answers = [
      await stranger.submit('/sign-in/code', { code: codeOfNow(totpURI), next: '' }),
      await stranger.send('POST', '/api/auth/two-factor/verify-totp', { code: codeOfNow(totpURI) }),
      await stranger.send('POST', '/api/auth/two-factor/verify-backup-code', { code: backupCodes[0] ?? '' }),
    ]

    expect(answers.map((answer) => answer.statusCode)).toEqual([401, 401, 401])
    expect((await meOf(stranger)).status).toBe(401)
  })
})

test('the pages load only their own files, run nothing inline, hold no mark of others, and send no address on', async () => {
  const browser = openBrowser(fairway)
  const page = await browser.get('/sign-in')
  const assets = [...page.body.matchAll(/<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"/g)].map(([, path]) => path ?? '')
  const styles = (await browser.get('/identity-assets/pages.css')).body
  const fetched = [...styles.matchAll(/url\('([^']+)'\)/g)].map(([, path]) => path)

  const answers = await Promise.all(assets.map((path) => browser.get(path)))

  expect(assets).toEqual(['/identity-assets/mark.svg', '/identity-assets/pages.css', '/identity-assets/pages.js'])
  expect(fetched).toEqual(['/identity-assets/inter.woff2'])
  expect(answers.map((answer) => [answer.statusCode, answer.headers['content-type']])).toEqual([
    [200, 'image/svg+xml'],
    [200, 'text/css; charset=utf-8'],
    [200, 'text/javascript; charset=utf-8'],
  ])
  expect(page.body).not.toMatch(/<script>|<style|style=|\son\w+=/)
  expect(page.headers['content-security-policy']).toContain("default-src 'none'")
  expect(page.headers['content-security-policy']).not.toContain('unsafe')
  expect(page.headers).toMatchObject({
    'referrer-policy': 'same-origin',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  expect(page.body).toContain('<label for="email">')
})
