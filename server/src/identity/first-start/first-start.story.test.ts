// The story of the first start: a link that works once, or an administrator from the configuration.
import { expect, onTestFinished, test } from 'vitest'
import { openBrowser } from '../testing/browser.ts'
import { openIdentity, ORIGIN } from '../testing/open-identity.ts'

const ANN = { name: 'Ann', email: 'Ann@vendor.example', password: 'correct horse battery staple' }

async function openEmpty() {
  const fairway = await openIdentity()
  onTestFinished(fairway.close)
  const linkOf = async () => ((await fairway.identity.prepareFirstStart()).setupUrl ?? '').replace(ORIGIN, '')
  return { ...fairway, linkOf }
}

test('the set-up link makes the first administrator, once; then there is no link any more', async () => {
  const fairway = await openEmpty()
  const browser = openBrowser(fairway)
  const link = await fairway.linkOf()

  const page = await browser.get(link)
  const short = await browser.submit(link, { ...ANN, password: 'too short' })
  const made = await browser.submit(link, ANN)
  const again = await browser.submit(link, { ...ANN, email: 'eve@vendor.example' })
  await browser.signIn(ANN.email, ANN.password)

  expect(page.statusCode).toBe(200)
  expect([short.statusCode, made.statusCode, again.statusCode]).toEqual([422, 200, 404])
  expect(short.body).toContain('12 to 256 characters')
  expect(short.body).toContain('value="Ann"')
  expect((await browser.get('/api/v1/me')).json()).toMatchObject({
    name: 'Ann',
    email: 'ann@vendor.example',
    roles: ['administrator'],
  })
  expect(await fairway.identity.prepareFirstStart()).toEqual({ setupUrl: undefined })
  expect((await browser.get(link)).statusCode).toBe(404)
})

test('each start makes a new link, and the old one is void', async () => {
  const fairway = await openEmpty()
  const browser = openBrowser(fairway)
  const old = await fairway.linkOf()
  const current = await fairway.linkOf()

  expect(old).not.toBe(current)
  expect((await browser.get(old)).statusCode).toBe(404)
  expect((await browser.submit(old, ANN)).statusCode).toBe(404)
  expect((await browser.submit(current, ANN)).statusCode).toBe(200)
})

test('two who use the link at once: one becomes administrator', async () => {
  const fairway = await openEmpty()
  const link = await fairway.linkOf()

  const answers = await Promise.all(
    ['ann', 'bo', 'cy'].map((name) => openBrowser(fairway).submit(link, { ...ANN, email: `${name}@vendor.example` })),
  )

  expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 404, 404])
  expect(await fairway.identity.listStaff()).toHaveLength(1)
})

test('the administrator of the configuration is made at the first start only', async () => {
  const fairway = await openEmpty()
  const link = await fairway.linkOf()

  const first = await fairway.identity.prepareFirstStart(ANN)
  const second = await fairway.identity.prepareFirstStart({ ...ANN, email: 'eve@vendor.example' })
  const signedIn = await openBrowser(fairway).signIn(ANN.email, ANN.password)

  expect([first, second]).toEqual([{ setupUrl: undefined }, { setupUrl: undefined }])
  expect(await fairway.identity.listStaff()).toMatchObject([{ email: 'ann@vendor.example', roles: ['administrator'] }])
  expect(signedIn.statusCode).toBe(200)
  expect((await openBrowser(fairway).submit(link, { ...ANN, email: 'eve@vendor.example' })).statusCode).toBe(404)
})
