// The story of API tokens: what they open, what they do not, and how they end.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aMember, anOrganisation, aStaff, signIn, TEST_PASSWORD } from '#testing/people'
import { SCOPES } from '../actor.ts'
import { openIdentity, type TestIdentity } from '../testing/open-identity.ts'
import { createLastUses } from './last-uses.ts'

let fairway: TestIdentity
beforeAll(async () => {
  fairway = await openIdentity()
})
afterAll(() => fairway.close())

type Headers = Record<string, string>
type Method = 'GET' | 'POST' | 'DELETE'
const ask = (method: Method, url: string, headers: Headers, payload?: object) =>
  fairway.http.inject({ method, url, headers, ...(payload ? { payload } : {}) })
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const make = (headers: Headers, wish: object) => ask('POST', '/api/v1/tokens', headers, { name: 'ci', ...wish })

async function sessionOf(...roles: Parameters<typeof aStaff>[1] & object) {
  const { person } = await aStaff(fairway, roles, TEST_PASSWORD)
  return { person, headers: await signIn(fairway, person) }
}

test('a token is made by its person, shown once, and kept as a digest', async () => {
  const { person, headers } = await sessionOf('developer')

  const made = await make(headers, { scopes: ['read', 'releases:write', 'read'] })
  const { token, ...rest } = made.json()
  const list = await ask('GET', '/api/v1/tokens', headers)
  const me = await ask('GET', '/api/v1/me', bearer(token))
  const stored = JSON.stringify([
    await fairway.db.selectFrom('identity.token').selectAll().execute(),
    await fairway.db.selectFrom('platform.event').selectAll().execute(),
  ])

  expect(made.statusCode).toBe(201)
  expect(token).toMatch(/^fw_[0-9a-z]{16}_[A-Za-z0-9_-]{43}$/)
  expect(list.json().items).toContainEqual(rest)
  expect(rest).toMatchObject({
    name: 'ci',
    scopes: ['read', 'releases:write'],
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
  })
  expect(me.json()).toMatchObject({ id: person.id, credential: 'token', scopes: ['read', 'releases:write'] })
  expect(stored).not.toContain(token.slice('fw_'.length))
})

test('the answer is not given again for the same Idempotency-Key', async () => {
  const { headers } = await sessionOf('developer')
  const keyed = { ...headers, 'idempotency-key': 'one' }

  const first = await make(keyed, { scopes: ['read'] })
  const second = await make(keyed, { scopes: ['read'] })
  const stored = await fairway.db.selectFrom('platform.idempotency').select('body').where('key', '=', 'one').execute()

  expect(first.statusCode).toBe(201)
  expect(second.json()).toMatchObject({ status: 409, code: 'idempotency.shown_once' })
  expect(stored).toEqual([{ body: null }])
})

describe('a token may not', () => {
  test('be given more than its person may', async () => {
    const organisation = await anOrganisation(fairway)
    const { person } = await aMember(fairway, organisation.id, { role: 'manager', password: TEST_PASSWORD })
    const member = await signIn(fairway, person)
    const { headers: viewer } = await sessionOf('viewer')

    const answers = [
      await make(viewer, { scopes: ['read', 'releases:write'] }),
      await make(member, { scopes: ['fleet:write'] }),
      await make(member, { scopes: ['read', 'inquiries:write'] }),
    ]

    expect(answers.map((answer) => answer.statusCode)).toEqual([403, 403, 201])
    expect(answers[0]?.json().code).toBe('token.scope_not_yours')
  })

  test('make or end tokens, unless it may do everything', async () => {
    const { person, headers } = await aStaff(fairway, ['support'])
    const { headers: full } = await aStaff(fairway, ['administrator'])
    const { id } = await fairway.identity.issueToken(person, { name: 'other', scopes: ['read'] })

    const refused = [
      await make(headers, { scopes: ['read'] }),
      await ask('DELETE', `/api/v1/tokens/${id}`, headers),
      await ask('DELETE', '/api/v1/sessions/se_0000000000000000', headers),
    ]

    expect(refused.map((answer) => answer.json().code)).toEqual([
      'token.scope_missing',
      'token.scope_missing',
      'token.scope_missing',
    ])
    expect((await make(full, { scopes: [...SCOPES] })).statusCode).toBe(201)
  })

  test('do what it has no scope for', async () => {
    const { person } = await aStaff(fairway, ['administrator'])
    const { token: reads } = await fairway.identity.issueToken(person, { name: 'reads', scopes: ['read'] })
    const { token: writes } = await fairway.identity.issueToken(person, { name: 'writes', scopes: ['fleet:write'] })

    const tries = async (token: string) => [
      (await ask('GET', '/api/v1/probe', bearer(token))).statusCode,
      (await ask('POST', '/api/v1/probe', bearer(token))).statusCode,
      (await ask('DELETE', '/api/v1/probe', bearer(token))).statusCode,
    ]

    expect(await tries(reads)).toEqual([200, 403, 403])
    expect(await tries(writes)).toEqual([403, 200, 403])
  })
})

describe('a token ends', () => {
  test('at its time', async () => {
    const { headers } = await sessionOf('viewer')
    const expiresAt = (ms: number) => new Date(fairway.clock.now().getTime() + ms).toISOString()
    const { token } = (await make(headers, { scopes: ['read'], expiresAt: expiresAt(3_600_000) })).json()

    const before = await ask('GET', '/api/v1/me', bearer(token))
    fairway.clock.advance(3_600_001)
    const after = await ask('GET', '/api/v1/me', bearer(token))
    const past = await make(headers, { scopes: ['read'], expiresAt: expiresAt(-1) })

    expect(before.statusCode).toBe(200)
    expect(after.json()).toMatchObject({ status: 401, code: 'token.expired' })
    expect(past.json()).toMatchObject({ status: 422, code: 'token.expires_in_the_past', errors: [{ pointer: '/expiresAt' }] })
  })

  test('at once when its person or an administrator revokes it; nobody else can', async () => {
    const { headers } = await sessionOf('viewer')
    const { headers: stranger } = await sessionOf('support')
    const { headers: administrator } = await sessionOf('administrator')
    const [one, two] = [(await make(headers, { scopes: ['read'] })).json(), (await make(headers, { scopes: ['read'] })).json()]

    const refused = await ask('DELETE', `/api/v1/tokens/${one.id}`, stranger)
    const stillGood = await ask('GET', '/api/v1/me', bearer(one.token))
    const own = await ask('DELETE', `/api/v1/tokens/${one.id}`, headers)
    const others = await ask('DELETE', `/api/v1/tokens/${two.id}`, administrator)
    const twice = await ask('DELETE', `/api/v1/tokens/${two.id}`, administrator)

    expect(refused.json()).toMatchObject({ status: 404, code: 'token.unknown' })
    expect(stillGood.statusCode).toBe(200)
    expect([own.statusCode, others.statusCode, twice.statusCode]).toEqual([204, 204, 204])
    for (const { token } of [one, two])
      expect((await ask('GET', '/api/v1/me', bearer(token))).json()).toMatchObject({ status: 401, code: 'token.revoked' })
  })
})

describe('at the door', () => {
  test('nobody is refused, but where the door is public', async () => {
    expect((await ask('GET', '/api/v1/probe', {})).json()).toMatchObject({ status: 401, code: 'session.missing' })
    expect((await ask('GET', '/api/v1/open', {})).json()).toEqual({ actor: { kind: 'anonymous' } })
    expect((await ask('GET', '/api/v1/not-there', {})).json()).toMatchObject({ status: 404, code: 'request.unknown_route' })
  })

  test('a wrong token is refused also where nobody would be let in', async () => {
    const { token } = await aStaff(fairway)
    const wrong = [
      bearer('fw_0000000000000000_0000000000000000000000000000000000000000000'),
      bearer(`${token.slice(0, -1)}${token.endsWith('A') ? 'E' : 'A'}`),
      bearer('fw_'),
      bearer('eyJhbGciOiJub25lIn0.e30.'),
      { authorization: 'Basic YW5uOnB3' },
      { authorization: token },
      { authorization: '' },
      { authorization: `Bearer ${'x'.repeat(5000)}` },
    ]

    for (const url of ['/api/v1/probe', '/api/v1/open'])
      for (const headers of wrong)
        expect((await ask('GET', url, headers)).json()).toMatchObject({ status: 401, code: 'token.unknown' })
  })

  test('a token beside a session is what counts', async () => {
    const { headers } = await sessionOf('administrator')
    const { token, person } = await aStaff(fairway, ['viewer'])

    expect((await ask('GET', '/api/v1/me', { ...headers, ...bearer(token) })).json()).toMatchObject({
      id: person.id,
      credential: 'token',
    })
    expect((await ask('GET', '/api/v1/me', { ...headers, ...bearer('fw_x') })).statusCode).toBe(401)
  })
})

test('the last use is written in a batch, and never goes back', async () => {
  const { person } = await aStaff(fairway, ['viewer'])
  const { id } = await fairway.identity.issueToken(person, { name: 'used', scopes: ['read'] })
  const uses = createLastUses({ ...fairway, log: fairway.deps.log })
  const lastUse = async () =>
    (await fairway.db.selectFrom('identity.token').select('last_used_at').where('id', '=', id).executeTakeFirstOrThrow())
      .last_used_at

  uses.note(id)
  const unwritten = await lastUse()
  await uses.flush()
  const first = await lastUse()
  const late = createLastUses({ db: fairway.db, clock: { now: () => new Date(0) }, log: fairway.deps.log })
  late.note(id)
  await late.stop()
  await uses.stop()

  expect(unwritten).toBeNull()
  expect(first?.getTime()).toBeGreaterThan(Date.now() - 60_000)
  expect(await lastUse()).toEqual(first)
})
