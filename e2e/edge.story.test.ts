// The edge: headers, hosts, limits and kinds of bodies, who is believed about addresses, and answers that are given once.
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { whyNotProblem } from '../server/src/testing/conforms.ts'
import { openFairway, openFairwayForTest, type TestFairway } from '../server/src/testing/open-fairway.ts'
import { aMember, anOrganisation, aStaff } from '../server/src/testing/people.ts'
import { aSpokenAgent } from '../server/src/testing/agents.ts'
import { aProduct, send } from '../server/src/testing/releases.ts'

type Headers = Record<string, string>
const HOST = { host: 'localhost:4600' }

let fairway: TestFairway
let developer: Headers
beforeAll(async () => {
  fairway = await openFairway()
  developer = (await aStaff(fairway, ['developer'])).headers
})
afterAll(() => fairway.close())

const get = (url: string, headers: Headers = {}, on = fairway) => on.http.inject({ url, headers: { ...HOST, ...headers } })

describe('every answer', () => {
  test.each([
    '/sign-in',
    '/api/v1/me',
    '/api/openapi.json',
    '/nowhere',
    '/health/live',
    '/api/v1/products/%00',
    '/api/v1/uploads/up_0000000000000000',
    '/api/docs/',
  ])('%s has the headers that protect a browser', async (url) => {
    const { headers } = await get(url, url.includes('uploads') ? developer : {})

    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['content-security-policy']).toMatch(/default-src 'none'|default-src 'self'/)
    expect(headers['x-frame-options']).toBeDefined()
    expect(headers['referrer-policy']).toMatch(/^(no-referrer|same-origin)$/)
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['x-powered-by']).toBeUndefined()
  })

  test('lets no script, frame or form of others into our pages', async () => {
    const policy = String((await get('/sign-in')).headers['content-security-policy'])

    expect(policy).toContain("script-src 'self'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toContain("base-uri 'none'")
    expect(policy).not.toContain('unsafe')
  })

  test('asks for https only where the public address is https', async () => {
    const secure = await openFairwayForTest({ publicUrl: 'https://fairway.example' })

    const answer = await secure.http.inject({ url: '/api/v1/me', headers: { host: 'fairway.example' } })

    expect(answer.headers['strict-transport-security']).toContain('max-age=31536000')
  })

  test('is not kept by anybody, where it is of a person', async () => {
    expect((await get('/api/v1/me', developer)).headers['cache-control']).toBe('no-store')
  })
})

describe('another host name', () => {
  test.each([
    ['/sign-in', 307],
    ['/nowhere?x=1', 307],
    ['//evil.example/x', 307],
    ['/api/v1/me', 401],
    ['/updates/v1/nonces', 404],
    ['/health/live', 200],
  ])('%s answers %i', async (url, status) => {
    const answer = await fairway.http.inject({ url, headers: { host: 'evil.example' } })

    expect(answer.statusCode).toBe(status)
    if (status === 307) expect(String(answer.headers.location)).toMatch(/^http:\/\/localhost:4600\/[^/\\]/)
  })
})

describe('a body', () => {
  const post = (payload: string | Buffer, type: string | undefined, url = '/api/v1/products') =>
    fairway.http.inject({
      method: 'POST',
      url,
      headers: { ...HOST, ...developer, ...(type ? { 'content-type': type } : {}) },
      payload,
    })

  test.each([
    ['too long', `{"name":"${'x'.repeat(1_100_000)}"}`, 'application/json', 413, 'request.too_large'],
    ['of an unknown kind', '<a/>', 'application/xml', 415, 'request.unknown_media_type'],
    ['a form', 'id=till', 'application/x-www-form-urlencoded', 415, 'request.unknown_media_type'],
    [
      'text, which a foreign page may send without asking',
      '{"id":"till","name":"Till"}',
      'text/plain',
      415,
      'request.unknown_media_type',
    ],
    ['of several parts', '--x--', 'multipart/form-data; boundary=x', 415, 'request.unknown_media_type'],
    ['of a nonsense kind', '{}', 'nonsense; ;;', 415, 'request.unknown_media_type'],
    ['not JSON', '{', 'application/json', 400, 'request.malformed'],
    ['empty', '', 'application/json', 400, 'request.malformed'],
    ['poisoning prototypes', '{"__proto__":{"isAdmin":true}}', 'application/json', 400, 'request.malformed'],
    ['poisoning constructors', '{"constructor":{"prototype":{"isAdmin":true}}}', 'application/json', 400, 'request.malformed'],
    ['very deep', `{"id":${'['.repeat(200_000)}${']'.repeat(200_000)}}`, 'application/json', 422, 'request.invalid'],
    ['not UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 'application/json', 400, 'request.malformed'],
    ['a number', '1', 'application/json', 422, 'request.invalid'],
  ])('%s is refused with a problem document', async (_title, payload, type, status, code) => {
    const answer = await post(payload, type)

    expect([answer.statusCode, answer.json().code]).toEqual([status, code])
    expect(whyNotProblem(answer)).toBeUndefined()
  })
})

describe('addresses', () => {
  async function strangers(
    on: TestFairway,
    count: number,
    headersOf: (at: number) => { remoteAddress?: string; forwardedFor?: string },
  ) {
    const statuses: number[] = []
    for (let at = 0; at < count; at++) {
      const { remoteAddress = '203.0.113.7', forwardedFor } = headersOf(at)
      const headers = { ...HOST, ...(forwardedFor ? { 'x-forwarded-for': forwardedFor } : {}) }
      statuses.push((await on.http.inject({ url: '/api/v1/me', headers, remoteAddress })).statusCode)
    }
    return statuses
  }
  const refusedAfterFive = [401, 401, 401, 401, 401, 429, 429, 429]

  test('are believed from the socket alone, where no proxy is trusted', async () => {
    const small = await openFairwayForTest({ requestsPerMinute: 20 })

    expect(await strangers(small, 8, (at) => ({ forwardedFor: `198.51.100.${at}` }))).toEqual(refusedAfterFive)
  })

  test('are believed from a trusted proxy, and from nobody else', async () => {
    const small = await openFairwayForTest({ requestsPerMinute: 20, trustedProxies: ['203.0.113.0/24'] })

    expect(await strangers(small, 8, (at) => ({ forwardedFor: `198.51.100.${at}` }))).not.toContain(429)
    // What a stranger put in front is not read: the proxy added the last one.
    expect(await strangers(small, 8, (at) => ({ forwardedFor: `192.0.2.${at}, 198.51.100.77` }))).toEqual(refusedAfterFive)
  })

  test('of one IPv6 network are one', async () => {
    const small = await openFairwayForTest({ requestsPerMinute: 20 })

    expect(await strangers(small, 8, (at) => ({ remoteAddress: `2001:db8:1:2::${at + 1}` }))).toEqual(refusedAfterFive)
  })
})

describe('too many requests', () => {
  const times = async (count: number, ask: () => Promise<{ statusCode: number }>) => {
    const statuses: number[] = []
    for (let at = 0; at < count; at++) statuses.push((await ask()).statusCode)
    return statuses
  }

  test('of a person are refused to that person, and to nobody else at the same address', async () => {
    const small = await openFairwayForTest({ requestsPerMinute: 12 })
    const [ann, bob] = [await aStaff(small, ['viewer']), await aStaff(small, ['viewer'])]

    const anns = await times(15, () => get('/api/v1/me', ann.headers, small))
    const refused = await get('/api/v1/me', ann.headers, small)

    expect(anns).toEqual([...Array(12).fill(200), ...Array(3).fill(429)])
    expect(refused.json().code).toBe('request.too_many')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    expect(whyNotProblem(refused)).toBeUndefined()
    expect((await get('/api/v1/me', bob.headers, small)).statusCode).toBe(200)
    expect((await get('/health/live', {}, small)).statusCode).toBe(200)
  })

  test.each([
    ['a token that is not one of ours', '/api/v1/me', { authorization: `Bearer fw_${'0'.repeat(16)}_${'x'.repeat(43)}` }, 401],
    ['no name at all', '/api/v1/me', {}, 401],
    ['an address that does not exist', '/nowhere', {}, 404],
    ['a token of no installation', '/updates/v1/artifacts/ar_0000000000000000', { authorization: 'Bearer nonsense' }, 401],
  ])('with %s are refused by address', async (_title, url, headers, status) => {
    const small = await openFairwayForTest({ requestsPerMinute: 20 })

    const answers = await times(7, () => get(url, headers as Headers, small))

    expect(answers).toEqual([...Array(5).fill(status), 429, 429])
    const known = await aStaff(small, ['viewer'])
    expect((await get('/api/v1/me', known.headers, small)).statusCode).toBe(200)
  })

  test('that are wrong count too', async () => {
    const small = await openFairwayForTest({ requestsPerMinute: 6 })
    const { headers } = await aStaff(small, ['developer'])
    const ask = () =>
      small.http.inject({ method: 'POST', url: '/api/v1/products', headers: { ...HOST, ...headers }, payload: { wrong: 1 } })

    expect(await times(8, ask)).toEqual([...Array(6).fill(422), 429, 429])
  })

  test('of one installation leave the others behind the same address alone', async () => {
    const small = await openFairwayForTest({ requestsPerMinute: 12 })
    const vendor = (await aStaff(small, ['administrator'])).headers
    await aProduct(small, vendor, { id: 'till' })
    const { id: organisationId } = await anOrganisation(small)
    await send(small, vendor, { method: 'PUT', url: `/api/v1/organisations/${organisationId}/entitlements/till/stable` })
    const [noisy, calm] = [await aSpokenAgent(small, { organisationId }), await aSpokenAgent(small, { organisationId })]

    for (let at = 0; at < 12; at++) await noisy.checkIn()

    await expect(noisy.checkIn()).rejects.toThrow('request.too_many')
    await expect(calm.checkIn()).resolves.toMatchObject({ decision: 'held' })
  })
})

describe('an Idempotency-Key', () => {
  const post = (key: string, payload: object, who: Headers = developer, url = '/api/v1/products') =>
    fairway.http.inject({ method: 'POST', url, headers: { ...HOST, ...who, 'idempotency-key': key }, payload })
  const rows = (key: string) => fairway.db.selectFrom('platform.idempotency').selectAll().where('key', '=', key).execute()

  test('gives the first answer again, and the thing exists once', async () => {
    const [first, again] = [
      await post('once-1', { id: 'once', name: 'Once' }),
      await post('once-1', { id: 'once', name: 'Once' }),
    ]

    expect([first.statusCode, again.statusCode, again.body]).toEqual([201, 201, first.body])
    expect(again.headers['idempotency-replayed']).toBe('true')
  })

  test('of another body is refused, and of another person is another key', async () => {
    const other = (await aStaff(fairway, ['developer'])).headers
    await post('mine-1', { id: 'mine', name: 'Mine' })

    const reused = await post('mine-1', { id: 'mine-2', name: 'Mine' })
    const theirs = await post('mine-1', { id: 'mine', name: 'Mine' }, other)

    expect([reused.statusCode, reused.json().code]).toEqual([409, 'idempotency.key_reused'])
    expect(theirs.json().code).toBe('product.exists')
  })

  test('of many requests at once does it once', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => post('race-1', { id: 'race', name: 'Race' })))

    const codes = answers.map((answer) => (answer.statusCode === 201 ? 'made' : answer.json().code))
    expect(new Set(codes)).toEqual(new Set(['made', 'idempotency.in_progress']))
    expect((await post('race-1', { id: 'race', name: 'Race' })).statusCode).toBe(201)
  })

  test('may be sent again after a refusal', async () => {
    const path = { id: 'again', name: 'Again' }
    expect((await post('again-1', { ...path, id: 'once' })).statusCode).toBe(409)

    expect((await post('again-1', path)).statusCode).toBe(201)
  })

  test('never leads to a secret: it is not stored, and not shown again', async () => {
    const { headers } = await aStaff(fairway)
    const { id: organisationId } = await anOrganisation(fairway)
    await send(fairway, headers, { method: 'PUT', url: `/api/v1/organisations/${organisationId}/entitlements/once/stable` })
    const secrets = [
      ['/api/v1/tokens', { name: 'ci', scopes: ['read'] }],
      ['/api/v1/enrolments', { organisationId, productId: 'once', channel: 'stable', name: 'till' }],
    ] as const

    for (const [url, payload] of secrets) {
      const first = await post('secret-1', payload, headers, url)
      const again = await post('secret-1', payload, headers, url)
      const stored = JSON.stringify(await rows('secret-1'))

      expect([first.statusCode, again.json().code]).toEqual([201, 'idempotency.shown_once'])
      expect(stored).not.toContain(first.json().token)
      expect(stored).not.toContain(first.json().token.slice(-20))
    }
  })

  test('tells files of one inquiry apart by their names', async () => {
    const { id } = await anOrganisation(fairway)
    const { headers } = await aMember(fairway, id)
    const inquiry = await send<{ id: string }>(fairway, headers, {
      method: 'POST',
      url: '/api/v1/inquiries',
      payload: { kind: 'question', title: 'How?', text: 'How?' },
    })
    const attach = (name: string) =>
      fairway.http.inject({
        method: 'POST',
        url: `/api/v1/inquiries/${inquiry.id}/attachments?name=${name}`,
        headers: { ...HOST, ...headers, 'idempotency-key': 'file-1', 'content-type': 'application/octet-stream' },
        payload: 'bytes',
      })

    const [first, again, other] = [await attach('a.txt'), await attach('a.txt'), await attach('b.txt')]

    expect([first.statusCode, again.json().id]).toEqual([201, first.json().id])
    expect(other.json().code).toBe('idempotency.key_reused')
  })

  test('does not stand in the way of uploads, which go on by themselves', async () => {
    const begin = () =>
      fairway.http.inject({
        method: 'POST',
        url: '/api/v1/uploads',
        headers: { ...developer, 'idempotency-key': 'up-1', 'tus-resumable': '1.0.0', 'upload-length': '10' },
      })

    expect([(await begin()).statusCode, (await begin()).statusCode]).toEqual([201, 201])
    expect(await rows('up-1')).toEqual([])
  })

  test('is forgotten after a day', async () => {
    await post('old-1', { id: 'old', name: 'Old' })
    await fairway.db
      .updateTable('platform.idempotency')
      .set({ created_at: new Date(Date.now() - 25 * 3_600_000) })
      .where('key', '=', 'old-1')
      .execute()

    const again = await post('old-1', { id: 'old', name: 'Old' })

    // Done anew, and so refused by the thing itself.
    expect(again.json().code).toBe('product.exists')
  })

  test('whose first request was interrupted says that nobody knows how it ended', async () => {
    await post('broken-1', { id: 'broken', name: 'Broken' })
    await fairway.db
      .updateTable('platform.idempotency')
      .set({ status: null, body: null, process: 'pr_gone' })
      .where('key', '=', 'broken-1')
      .execute()

    expect((await post('broken-1', { id: 'broken', name: 'Broken' })).json().code).toBe('idempotency.outcome_unknown')
  })

  test.each(['', 'a b', 'x'.repeat(201), 'ä'])('%j is no key', async (key) => {
    expect((await post(key, { id: 'never', name: 'Never' })).json().code).toBe('idempotency.key_is_wrong')
  })
})

describe('a cursor', () => {
  test.each([
    "' or 1=1 --",
    "x'; drop table platform.event; --",
    '\u0001',
    '0',
    '-1',
    '9'.repeat(100),
    're_0000000000000000',
    '%',
    '{"id":1}',
  ])('%s leads nowhere, never to a 5xx, and never to the beginning', async (after) => {
    const admin = (await aStaff(fairway)).headers
    await send(fairway, admin, {
      method: 'POST',
      url: '/api/v1/releases',
      payload: { productId: 'once', version: `1.0.${Math.floor(Math.random() * 1e9)}` },
    })
    for (const list of ['releases', 'rollouts', 'installations', 'inquiries', 'known-errors', 'organisations']) {
      const answer = await get(`/api/v1/${list}?after=${encodeURIComponent(after)}`, admin)
      expect([list, answer.statusCode < 500]).toEqual([list, true])
      if (answer.statusCode === 200) expect([list, answer.json().items]).toEqual([list, []])
    }
  })
})

describe('health and metrics', () => {
  test('tell who may ask how it is', async () => {
    const ready = await get('/health/ready')

    expect([ready.statusCode, ready.json()]).toEqual([200, { status: 'ok', database: 'ok' }])
  })

  test('say so when the database is away, while the process lives', async () => {
    const broken = await openFairwayForTest()
    const name = new URL(broken.connectionString).pathname.slice(1)
    await sql`drop database ${sql.id(name)} with (force)`.execute(fairway.db)

    const [ready, live, list] = [
      await get('/health/ready', {}, broken),
      await get('/health/live', {}, broken),
      await get('/api/v1/me', developer, broken),
    ]

    expect([ready.statusCode, live.statusCode]).toEqual([503, 200])
    expect(whyNotProblem(list)).toBeUndefined()
  })

  test('are read from this machine, or by a token that may', async () => {
    const { person } = await aStaff(fairway, ['operator'])
    const token = async (scopes: ('read' | 'metrics:read')[]) => ({
      authorization: `Bearer ${(await fairway.identity.issueToken(person, { name: 'metrics', scopes })).token}`,
    })
    const ask = (remoteAddress: string, headers: Headers = {}) =>
      fairway.http.inject({ url: '/metrics', headers: { ...HOST, ...headers }, remoteAddress })

    const statuses = [
      await ask('127.0.0.1'),
      await ask('::1'),
      await ask('203.0.113.9'),
      await ask('127.0.0.1', { 'x-forwarded-for': '127.0.0.1' }),
      await ask('203.0.113.9', { 'x-forwarded-for': '127.0.0.1' }),
      await ask('203.0.113.9', await token(['read'])),
      await ask('203.0.113.9', await token(['metrics:read'])),
    ].map((answer) => answer.statusCode)

    expect(statuses).toEqual([200, 200, 403, 403, 403, 403, 200])
  })
})
