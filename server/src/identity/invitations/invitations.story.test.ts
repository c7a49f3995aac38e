// The story of invitations: by mail, for one address and one place, used once within a week.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aMember, anOrganisation, aStaff, signIn, TEST_PASSWORD } from '#testing/people'
import { latestMail, openBrowser } from '../testing/browser.ts'
import { openIdentity, type TestIdentity } from '../testing/open-identity.ts'

let fairway: TestIdentity
beforeAll(async () => {
  fairway = await openIdentity()
})
afterAll(() => fairway.close())

type Headers = Record<string, string>
const post = (url: string, headers: Headers, payload?: object) =>
  fairway.http.inject({ method: 'POST', url, headers, ...(payload ? { payload } : {}) })
const inviteTo = (organisationId: string, headers: Headers, payload: object) =>
  post(`/api/v1/organisations/${organisationId}/invitations`, headers, payload)
const addressOf = (name: string) => `${name}.${Math.random().toString(36).slice(2)}@customer.example`
const linkTo = async (email: string) => (await latestMail(fairway, email))?.path ?? ''
const accept = (link: string, password = TEST_PASSWORD, name = 'New Person') =>
  openBrowser(fairway).submit(link, { name, password })

async function anInvitation(role: 'member' | 'manager' = 'member') {
  const organisation = await anOrganisation(fairway, 'Acme')
  const { headers } = await aStaff(fairway, ['support'])
  const email = addressOf('new')
  const answer = await inviteTo(organisation.id, headers, { email, role })
  return { organisation, headers, email, answer, id: answer.json().id as string, link: await linkTo(email) }
}

describe('an invited person', () => {
  test('joins by the page, and signs in by the password chosen there', async () => {
    const { organisation, email, answer, link } = await anInvitation('manager')
    const browser = openBrowser(fairway)

    const page = await browser.get(link)
    const joined = await browser.submit(link, { name: 'Zoë <b>', password: TEST_PASSWORD })
    await browser.signIn(email, TEST_PASSWORD)

    expect(answer.json()).toMatchObject({ email, organisationId: organisation.id, role: 'manager', roles: null, state: 'open' })
    expect(answer.body).not.toContain(link.split('/').at(-1))
    expect((await latestMail(fairway, email))?.subject).toBe('You are invited to Acme')
    expect(page.body).toContain(email)
    expect(joined.statusCode).toBe(200)
    expect((await browser.get('/api/v1/me')).json()).toMatchObject({
      name: 'Zoë <b>',
      organisation: { name: 'Acme', role: 'manager' },
    })
  })

  test('may do without a password, and signs in by mailed links', async () => {
    const { email, link } = await anInvitation()
    const browser = openBrowser(fairway)

    await browser.submit(link, { name: 'No Password', password: '' })
    await browser.submit('/sign-in/link', { email })
    await browser.submit(await linkTo(email), {})

    expect((await browser.get('/api/v1/me')).json()).toMatchObject({ email, hasPassword: false })
  })

  test('uses the link once, also when pressing twice', async () => {
    const { organisation, link } = await anInvitation()

    const answers = await Promise.all([accept(link), accept(link), accept(link)])
    const later = await openBrowser(fairway).get(link)

    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 404, 404])
    expect(await fairway.identity.listMembers(organisation.id)).toHaveLength(1)
    expect(later.statusCode).toBe(404)
  })

  test('with a password that is too short is told so, and the invitation stays open', async () => {
    const { link } = await anInvitation()

    const short = await accept(link, 'elevenchars')
    const long = await accept(link, 'x'.repeat(257))
    const right = await accept(link)

    expect([short.statusCode, long.statusCode, right.statusCode]).toEqual([422, 422, 200])
  })

  test('who has a place already keeps it: one person, one place', async () => {
    const first = await anInvitation()
    const elsewhere = await anOrganisation(fairway)
    const { person: manager } = await aMember(fairway, elsewhere.id, { role: 'manager', password: TEST_PASSWORD })
    await accept(first.link)

    const byStaff = await inviteTo(elsewhere.id, first.headers, { email: first.email.toUpperCase(), role: 'member' })
    const byManager = await inviteTo(elsewhere.id, await signIn(fairway, manager), { email: first.email, role: 'member' })
    const used = await accept(await linkTo(first.email))

    expect(byStaff.json()).toMatchObject({ status: 409, code: 'person.already_here' })
    // A customer does not learn that this address is known.
    expect(byManager.statusCode).toBe(201)
    expect(used.statusCode).toBe(409)
    expect(await fairway.identity.listMembers(elsewhere.id)).toMatchObject([{ id: manager.id }])
  })

  test('who was removed comes back as the same person, with new credentials only', async () => {
    const { organisation, headers, email, link } = await anInvitation()
    const old = openBrowser(fairway)
    await accept(link)
    await old.signIn(email, TEST_PASSWORD)
    const [before] = await fairway.identity.listMembers(organisation.id)
    await fairway.http.inject({
      method: 'DELETE',
      url: `/api/v1/organisations/${organisation.id}/members/${before?.id}`,
      headers,
    })
    const elsewhere = await anOrganisation(fairway)
    await inviteTo(elsewhere.id, headers, { email, role: 'manager' })

    await accept(await linkTo(email), 'quite another password')

    expect(await fairway.identity.listMembers(organisation.id)).toEqual([])
    expect(await fairway.identity.listMembers(elsewhere.id)).toMatchObject([{ id: before?.id, role: 'manager' }])
    expect((await openBrowser(fairway).signIn(email, TEST_PASSWORD)).statusCode).toBe(401)
    expect((await old.get('/api/v1/me')).statusCode).toBe(401)
    expect((await openBrowser(fairway).signIn(email, 'quite another password')).statusCode).toBe(200)
  })
})

describe('an invitation', () => {
  test('ends after a week, by being taken back, and by being sent again (the old link)', async () => {
    const expired = await anInvitation()
    const revoked = await anInvitation()
    const resent = await anInvitation()

    const revocation = await fairway.http.inject({
      method: 'DELETE',
      url: `/api/v1/invitations/${revoked.id}`,
      headers: revoked.headers,
    })
    const resending = await post(`/api/v1/invitations/${resent.id}/resend`, resent.headers)
    const newLink = await linkTo(resent.email)
    fairway.clock.advance(6.9 * 86_400_000)
    const inTime = await openBrowser(fairway).get(expired.link)
    const answers = [await accept(revoked.link), await accept(resent.link), await accept(newLink)]
    fairway.clock.advance(0.2 * 86_400_000)
    const late = await accept(expired.link)

    expect([revocation.statusCode, resending.statusCode, inTime.statusCode]).toEqual([204, 200, 200])
    expect(answers.map((answer) => answer.statusCode)).toEqual([404, 404, 200])
    expect(late.statusCode).toBe(404)
    const states = (
      await fairway.http.inject({ url: `/api/v1/organisations/${expired.organisation.id}/invitations`, headers: expired.headers })
    ).json()
    expect(states.items).toMatchObject([{ state: 'expired' }])
    expect((await inviteTo(expired.organisation.id, expired.headers, { email: expired.email, role: 'member' })).statusCode).toBe(
      201,
    )
  })

  test('for one address and place is there once', async () => {
    const { organisation, headers, email, id } = await anInvitation()

    const again = await Promise.all([1, 2].map(() => inviteTo(organisation.id, headers, { email, role: 'manager' })))
    const twice = await post(`/api/v1/invitations/${id}/resend`, headers)

    expect(again.map((answer) => answer.json().code)).toEqual(['invitation.already_open', 'invitation.already_open'])
    expect(twice.statusCode).toBe(200)
  })

  test('is sent, seen and taken back by managers at home, support and administrators only', async () => {
    const { organisation, id } = await anInvitation()
    const elsewhere = await anOrganisation(fairway)
    const url = `/api/v1/organisations/${organisation.id}/invitations`
    const session = async (organisationId: string, role: 'member' | 'manager') =>
      signIn(fairway, (await aMember(fairway, organisationId, { role, password: TEST_PASSWORD })).person)
    const who = {
      manager: await session(organisation.id, 'manager'),
      member: await session(organisation.id, 'member'),
      stranger: await session(elsewhere.id, 'manager'),
      viewer: await signIn(fairway, (await aStaff(fairway, ['viewer'], TEST_PASSWORD)).person),
    }
    const tried = async (headers: Headers) => [
      (await post(url, headers, { email: addressOf('x'), role: 'member' })).statusCode,
      (await fairway.http.inject({ url, headers })).statusCode,
      (await post(`/api/v1/invitations/${id}/resend`, headers)).statusCode,
      (await post('/api/v1/staff/invitations', headers, { email: addressOf('x'), roles: ['administrator'] })).statusCode,
    ]

    expect(await tried(who.manager)).toEqual([201, 200, 200, 403])
    expect(await tried(who.member)).toEqual([403, 403, 404, 403])
    expect(await tried(who.stranger)).toEqual([404, 404, 404, 403])
    expect(await tried(who.viewer)).toEqual([403, 403, 404, 403])
  })

  test('makes staff where an administrator sends it', async () => {
    const { headers } = await aStaff(fairway, ['administrator'])
    const email = addressOf('dev')

    const answer = await post('/api/v1/staff/invitations', headers, { email, roles: ['developer', 'developer', 'operator'] })
    await accept(await linkTo(email))

    expect(answer.json()).toMatchObject({ roles: ['developer', 'operator'], organisationId: null })
    expect(await fairway.identity.listStaff()).toContainEqual(
      expect.objectContaining({ email, roles: ['developer', 'operator'] }),
    )
    const { items } = (await fairway.http.inject({ url: '/api/v1/staff/invitations', headers })).json()
    expect(items).toContainEqual(expect.objectContaining({ email, state: 'accepted' }))
  })

  test('has no secret in the log, nor readable in the database', async () => {
    const { link } = await anInvitation()
    const secret = link.split('/').at(-1) ?? ''

    const events = await fairway.db.selectFrom('platform.event').selectAll().execute()
    const rows = await fairway.db.selectFrom('identity.invitation').selectAll().execute()

    expect(secret).toHaveLength(43)
    expect(JSON.stringify([events, rows])).not.toContain(secret)
    expect(events.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'identity.member_invited',
        'identity.member_joined',
        'identity.staff_invited',
        'identity.staff_joined',
      ]),
    )
  })
})
