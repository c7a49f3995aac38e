// The story of customer organisations and their people: who sees what, and how access ends at once.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aMember, anOrganisation, aStaff, signIn, TEST_PASSWORD } from '#testing/people'
import { openIdentity, type TestIdentity } from '../testing/open-identity.ts'

let fairway: TestIdentity
beforeAll(async () => {
  fairway = await openIdentity()
})
afterAll(() => fairway.close())

type Headers = Record<string, string>
const ask = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  { headers, payload }: { headers: Headers; payload?: object },
) => fairway.http.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) })

/** By session, since tokens of members may not manage anybody. */
async function aManager(organisationId: string) {
  const { person } = await aMember(fairway, organisationId, { role: 'manager', password: TEST_PASSWORD })
  return { person, headers: await signIn(fairway, person) }
}

test('support makes an organisation, renames and archives it; others of staff look', async () => {
  const { headers } = await aStaff(fairway, ['support'])
  const { headers: viewer } = await aStaff(fairway, ['viewer'])
  const developer = await signIn(fairway, (await aStaff(fairway, ['developer'], TEST_PASSWORD)).person)

  const made = await ask('POST', '/organisations', { headers, payload: { name: 'Acme' } })
  const { id } = made.json()
  const renamed = await ask('PATCH', `/organisations/${id}`, { headers, payload: { name: 'Acme AG', language: 'de' } })
  const seen = await ask('GET', `/organisations/${id}`, { headers: viewer })
  const refused = await ask('PATCH', `/organisations/${id}`, { headers: developer, payload: { name: 'Mine' } })
  const tokenRefused = await ask('PATCH', `/organisations/${id}`, { headers: viewer, payload: { name: 'Mine' } })

  expect(made.statusCode).toBe(201)
  expect(made.json()).toMatchObject({ name: 'Acme', language: 'en', archivedAt: null })
  expect(renamed.json()).toMatchObject({ name: 'Acme AG', language: 'de' })
  expect(seen.json()).toEqual(renamed.json())
  expect(refused.json()).toMatchObject({ status: 403, code: 'organisation.not_yours' })
  expect(tokenRefused.json()).toMatchObject({ status: 403, code: 'token.scope_missing' })
  expect(await fairway.identity.findOrganisation(id)).toMatchObject({ id, name: 'Acme AG', language: 'de' })
})

test('the list is by name and paged', async () => {
  const { headers } = await aStaff(fairway)
  for (const name of ['b', 'a', 'a', 'c']) await anOrganisation(fairway, name)
  const names: string[] = []

  let after = ''
  do {
    const { items, next } = (await ask('GET', `/organisations?limit=2${after && `&after=${after}`}`, { headers })).json()
    names.push(...items.map((one: { name: string }) => one.name))
    after = next
  } while (after)

  expect(names).toEqual([...names].sort())
  expect(names.filter((name) => ['a', 'b', 'c'].includes(name))).toEqual(['a', 'a', 'b', 'c'])
})

describe('a customer', () => {
  test('sees its own organisation and its people', async () => {
    const own = await anOrganisation(fairway)
    const { person, headers } = await aMember(fairway, own.id)

    expect((await ask('GET', '/organisations', { headers })).json()).toMatchObject({ items: [{ id: own.id }], next: null })
    expect((await ask('GET', `/organisations/${own.id}`, { headers })).json()).toMatchObject({ id: own.id })
    expect((await ask('GET', `/organisations/${own.id}/members`, { headers })).json()).toEqual({
      items: [{ id: person.id, name: person.name, email: person.email, organisationId: own.id, role: 'member' }],
      next: null,
    })
  })

  test('is renamed by its managers, who change nothing else of it; members change nothing', async () => {
    const own = await anOrganisation(fairway)
    const { person, headers } = await aManager(own.id)
    const plain = await signIn(fairway, (await aMember(fairway, own.id, { password: TEST_PASSWORD })).person)
    const url = `/organisations/${own.id}`

    const renamed = await ask('PATCH', url, { headers, payload: { name: ' Harbour\n Bakery ' } })
    const refused = await Promise.all([
      ask('PATCH', url, { headers, payload: { name: 'Gone', archived: true } }),
      ask('PATCH', url, { headers, payload: { language: 'de' } }),
      ask('PATCH', url, { headers: plain, payload: { name: 'Mine' } }),
    ])
    const empty = await ask('PATCH', url, { headers, payload: { name: ' \t ' } })
    const told = await fairway.db
      .selectFrom('platform.event')
      .select(['actor', 'body'])
      .where('name', '=', 'identity.organisation_renamed')
      .where('subject', '=', own.id)
      .execute()

    expect(renamed.json()).toMatchObject({ name: 'Harbour Bakery' })
    expect(refused.map((answer) => answer.json().code)).toEqual(Array(3).fill('organisation.not_yours'))
    expect(empty.json()).toMatchObject({ status: 422, errors: [{ pointer: '/name', code: 'organisation.name_empty' }] })
    expect((await ask('GET', '/me', { headers })).json()).toMatchObject({ organisation: { name: 'Harbour Bakery' } })
    expect((await ask('GET', url, { headers })).json()).toMatchObject({
      name: 'Harbour Bakery',
      language: 'en',
      archivedAt: null,
    })
    expect(told).toMatchObject([{ actor: person.id, body: { name: 'Harbour Bakery' } }])
  })

  test('cannot tell another organisation from none', async () => {
    const own = await anOrganisation(fairway)
    const other = await anOrganisation(fairway)
    const { person: stranger } = await aMember(fairway, other.id)
    const { headers } = await aManager(own.id)
    const tries = (id: string) =>
      Promise.all([
        ask('GET', `/organisations/${id}`, { headers }),
        ask('PATCH', `/organisations/${id}`, { headers, payload: { name: 'Mine' } }),
        ask('GET', `/organisations/${id}/members`, { headers }),
        ask('PATCH', `/organisations/${id}/members/${stranger.id}`, { headers, payload: { role: 'manager' } }),
        ask('DELETE', `/organisations/${id}/members/${stranger.id}`, { headers }),
        ask('GET', `/organisations/${id}/invitations`, { headers }),
        ask('POST', `/organisations/${id}/invitations`, { headers, payload: { email: 'x@customer.example', role: 'member' } }),
      ])

    const existing = await tries(other.id)
    const missing = await tries('org_0000000000000000')

    const seen = (answers: typeof existing, id: string) =>
      answers.map((answer) => answer.body.replaceAll(id, '').replace(/rq_\w+/, ''))
    expect(existing.map((answer) => answer.statusCode)).toEqual(Array(7).fill(404))
    expect(seen(existing, other.id)).toEqual(seen(missing, 'org_0000000000000000'))
    expect(await fairway.identity.listMembers(other.id)).toMatchObject([{ id: stranger.id, role: 'member' }])
  })

  test('cannot reach a member of another organisation through its own', async () => {
    const own = await anOrganisation(fairway)
    const other = await anOrganisation(fairway)
    const { person: stranger, headers: strangers } = await aMember(fairway, other.id)
    const { headers } = await aManager(own.id)

    const answers = [
      await ask('PATCH', `/organisations/${own.id}/members/${stranger.id}`, { headers, payload: { role: 'manager' } }),
      await ask('DELETE', `/organisations/${own.id}/members/${stranger.id}`, { headers }),
    ]

    expect(answers.map((answer) => answer.json().code)).toEqual(['member.unknown', 'member.unknown'])
    expect((await ask('GET', '/me', { headers: strangers })).statusCode).toBe(200)
  })

  test('does not see staff', async () => {
    const { headers } = await aManager((await anOrganisation(fairway)).id)

    expect((await ask('GET', '/staff', { headers })).statusCode).toBe(403)
  })
})

describe('members', () => {
  test('are made managers and back by a manager; a plain member changes nobody', async () => {
    const own = await anOrganisation(fairway)
    const { headers } = await aManager(own.id)
    const { person } = await aMember(fairway, own.id, { password: TEST_PASSWORD })
    const plain = await signIn(fairway, person)
    const url = `/organisations/${own.id}/members/${person.id}`

    const refused = await ask('PATCH', url, { headers: plain, payload: { role: 'manager' } })
    const promoted = await ask('PATCH', url, { headers, payload: { role: 'manager' } })
    const now = await ask('GET', `/organisations/${own.id}/invitations`, { headers: plain })

    expect(refused.json()).toMatchObject({ status: 403, code: 'member.not_yours' })
    expect(promoted.json()).toMatchObject({ id: person.id, role: 'manager' })
    expect(now.statusCode).toBe(200)
  })

  test('who is removed has no access from that moment: neither session nor token', async () => {
    const own = await anOrganisation(fairway)
    const { headers } = await aManager(own.id)
    const { person, headers: token } = await aMember(fairway, own.id, { password: TEST_PASSWORD })
    const session = await signIn(fairway, person)
    const before = [await ask('GET', '/me', { headers: session }), await ask('GET', '/me', { headers: token })]

    const removed = await ask('DELETE', `/organisations/${own.id}/members/${person.id}`, { headers })
    const after = [await ask('GET', '/me', { headers: session }), await ask('GET', '/me', { headers: token })]
    const again = await ask('DELETE', `/organisations/${own.id}/members/${person.id}`, { headers })

    expect(before.map((answer) => answer.statusCode)).toEqual([200, 200])
    expect(removed.statusCode).toBe(204)
    expect(after.map((answer) => answer.json().code)).toEqual(['session.missing', 'token.revoked'])
    expect(again.statusCode).toBe(404)
    expect(await fairway.identity.peopleByIds([person.id])).toEqual([{ id: person.id, name: person.name, email: person.email }])
  })

  test('of an archived organisation are out, and in again when it is back', async () => {
    const own = await anOrganisation(fairway)
    const { headers: support } = await aStaff(fairway, ['support'])
    const { headers } = await aMember(fairway, own.id)
    const archive = (archived: boolean) => ask('PATCH', `/organisations/${own.id}`, { headers: support, payload: { archived } })

    const archived = await archive(true)
    const out = await ask('GET', '/me', { headers })
    const invited = await ask('POST', `/organisations/${own.id}/invitations`, {
      headers: support,
      payload: { email: 'x@customer.example', role: 'member' },
    })
    await archive(false)
    const back = await ask('GET', '/me', { headers })

    expect(archived.json().archivedAt).not.toBeNull()
    expect(out.json()).toMatchObject({ status: 401, code: 'token.unknown' })
    expect(invited.statusCode).toBe(404)
    expect(back.statusCode).toBe(200)
  })
})

describe('staff', () => {
  test('are changed by administrators; fewer roles count at once, for tokens too', async () => {
    const { headers } = await aStaff(fairway, ['administrator'])
    const { person, headers: theirs } = await aStaff(fairway, ['support'])
    const { headers: operator } = await aStaff(fairway, ['operator'])

    const refused = await ask('PATCH', `/staff/${person.id}`, { headers: operator, payload: { roles: ['administrator'] } })
    const before = await ask('POST', '/organisations', { headers: theirs, payload: { name: 'Before' } })
    const changed = await ask('PATCH', `/staff/${person.id}`, { headers, payload: { roles: ['viewer', 'viewer'] } })
    const after = await ask('POST', '/organisations', { headers: theirs, payload: { name: 'After' } })

    expect(refused.statusCode).toBe(403)
    expect(before.statusCode).toBe(201)
    expect(changed.json()).toMatchObject({ id: person.id, roles: ['viewer'] })
    expect(after.json()).toMatchObject({ status: 403, code: 'token.scope_missing' })
  })

  test('the last administrator stays, also when two go at once', async () => {
    const before = await fairway.identity.listStaff()
    let last = await aStaff(fairway)
    for (const { id } of before) await ask('DELETE', `/staff/${id}`, { headers: last.headers })

    // Several times: a race is not lost each time.
    for (let round = 0; round < 8; round++) {
      const other = await aStaff(fairway)
      const answers = await Promise.all(
        [last, other].map(({ person, headers }) => ask('DELETE', `/staff/${person.id}`, { headers })),
      )
      const left = await fairway.identity.listStaff()

      expect(answers.map((answer) => answer.statusCode).sort()).toEqual([204, 409])
      expect(left).toHaveLength(1)
      last = left[0]?.id === last.person.id ? last : other
    }
    const demoted = await ask('PATCH', `/staff/${last.person.id}`, { headers: last.headers, payload: { roles: ['viewer'] } })

    expect(demoted.json()).toMatchObject({ status: 409, code: 'staff.last_administrator' })
  })
})
