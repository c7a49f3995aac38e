// The story of links that let nobody in: each page says what is wrong, and what to do.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { aMember, anOrganisation, aStaff, signIn, TEST_PASSWORD } from '#testing/people'
import { latestMail, openBrowser } from '../testing/browser.ts'
import { openIdentity, type TestIdentity } from '../testing/open-identity.ts'

let fairway: TestIdentity
beforeAll(async () => {
  fairway = await openIdentity()
})
afterAll(() => fairway.close())

async function anInvitation(email = `new-${Math.random().toString(36).slice(2)}@customer.example`) {
  const organisation = await anOrganisation(fairway, 'Harbour Bakery')
  const { person } = await aMember(fairway, organisation.id, { role: 'manager', password: TEST_PASSWORD })
  await fairway.http.inject({
    method: 'POST',
    url: `/api/v1/organisations/${organisation.id}/invitations`,
    headers: await signIn(fairway, person),
    payload: { email, role: 'member' },
  })
  return { email, path: (await latestMail(fairway, email))?.path ?? '' }
}

test('an invitation says to where and as whom; its page and the one after it lead on', async () => {
  const { email, path } = await anInvitation()
  const browser = openBrowser(fairway)

  const form = await browser.get(path)
  const wrong = await browser.submit(path, { name: '', password: '' })
  const joined = await browser.submit(path, { name: 'Ann', password: '' })

  expect(form.body).toContain('<h1>Join Harbour Bakery</h1>')
  expect(form.body).toContain(email)
  expect(wrong.statusCode).toBe(422)
  expect(wrong.body).toContain('id="name-error"')
  expect(joined.statusCode).toBe(200)
  // Without a password the link is the way in.
  expect(joined.body).toContain('href="/sign-in/link"')
})

test.each([
  [
    'was used',
    async (path: string) => void (await openBrowser(fairway).submit(path, { name: 'Ann', password: '' })),
    'does not work any more',
  ],
  ['is too old', async () => fairway.clock.advance(8 * 86_400_000), 'does not work any more'],
])('an invitation that %s: how to get a new one, and a way to sign in', async (_what, spoil, words) => {
  const { path } = await anInvitation()
  await spoil(path)

  const answers = [await openBrowser(fairway).get(path), await openBrowser(fairway).submit(path, { name: 'Eve', password: '' })]

  for (const answer of answers) {
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain(words)
    expect(answer.body).toContain('ask whoever invited you')
    expect(answer.body).toContain('href="/sign-in"')
  }
})

test.each([
  ['/invite/', 'ask whoever invited you'],
  ['/setup/', 'what Fairway printed'],
])('an address below %s that was cut on its way: copy the whole of it', async (place, todo) => {
  const browser = openBrowser(fairway)

  for (const answer of [await browser.get(`${place}abc`), await browser.submit(`${place}abc`, { name: 'Ann' })]) {
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toContain('This address is not complete')
    expect(answer.body).toContain(todo)
  }
})

test('who has a place already is told so, and signs in as before', async () => {
  const { person } = await aStaff(fairway, ['viewer'], TEST_PASSWORD)
  const { path } = await anInvitation(person.email)

  const answer = await openBrowser(fairway).submit(path, { name: 'Ann', password: '' })

  expect(answer.statusCode).toBe(409)
  expect(answer.body).toContain('You have access already')
  expect(answer.body).toContain('Harbour Bakery')
  expect((await openBrowser(fairway).signIn(person.email, TEST_PASSWORD)).statusCode).toBe(200)
})

test('a set-up link that is unknown: where the newest one stands', async () => {
  const answer = await openBrowser(fairway).get(`/setup/${'a'.repeat(43)}`)

  expect(answer.statusCode).toBe(404)
  expect(answer.body).toContain('The newest link stands in what Fairway printed')
})
