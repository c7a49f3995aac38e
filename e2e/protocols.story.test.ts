// The doors outside of the OpenAPI document: tus, live updates, update protocols, sign-in and pages, with headers, queries and bodies that nobody should send.
import { randomBytes } from 'node:crypto'
import { readdir, readFile, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aCustomer, type ACustomer } from '../server/src/testing/a-customer.ts'
import { whyNotProblem } from '../server/src/testing/conforms.ts'
import { type FuzzWorld, type JsonSchema, valueOf } from '../server/src/testing/fuzz-schema.ts'
import { openFairway, type TestFairway } from '../server/src/testing/open-fairway.ts'
import { aStaff } from '../server/src/testing/people.ts'
import { anUpload } from '../server/src/testing/releases.ts'
import {
  CheckInRequest,
  EnrolmentRequest,
  NonceRequest,
  ReportRequest,
  TokenRequest,
} from '../server/src/updates/protocols/agent/agent-schemas.ts'

type Headers = Record<string, string>

let fairway: TestFairway
let server = ''
let customer: ACustomer
let developer: Headers
beforeAll(async () => {
  fairway = await openFairway()
  server = await fairway.http.listen({ host: '127.0.0.1', port: 0 })
  customer = await aCustomer(fairway, 'acme')
  developer = (await aStaff(fairway, ['developer'])).headers
})
afterAll(() => fairway.close())

const NASTY_HEADERS = [
  '',
  ' ',
  ',',
  '\u00ff\u00fe',
  'x'.repeat(8000),
  '-1',
  '1e400',
  '9'.repeat(40),
  '__proto__',
  "' or 1=1 --",
  '%00',
  '${7*7}',
  '"',
  ';;;',
  '../..',
  'null',
  'bytes=0-',
  'Bearer',
]
const HEADERS: Record<string, string[]> = {
  authorization: [
    'Basic YTpi',
    'Bearer ',
    'Bearer fw_',
    `Bearer fw_${'0'.repeat(16)}_${'x'.repeat(43)}`,
    'bearer  x  y',
    'Bearer eyJhbGciOiJub25lIn0.e30.',
    `Bearer ${'x'.repeat(7000)}`,
  ],
  range: [
    'bytes=',
    'bytes=0-0,1-1',
    'bytes=-0',
    'bytes=5-1',
    'bytes=99999999999999999999-',
    'lines=0-1',
    'bytes=0-99999999999',
    'bytes=-1',
  ],
  'if-range': ['"', 'W/"x"', 'Wed, 21 Oct 2015 07:28:00 GMT'],
  'idempotency-key': ['a\tb', 'x'.repeat(300)],
  'last-event-id': ['1.1', '1.1.1.1', '999999999.1.1', '0.0.0'],
  'x-forwarded-for': ['127.0.0.1', '::1, ::1', 'unknown', '[::1]:80', '999.1.1.1'],
  cookie: [
    'fairway.session_token=',
    'fairway.session_token=x.y',
    'fairway.session_token=%00',
    `fairway.session_token=${'x'.repeat(3000)}`,
    'a=b;;=;',
  ],
  'content-type': [
    'application/json',
    'application/json; charset=utf-7',
    'multipart/form-data',
    'application/offset+octet-stream',
    'text/plain',
    'x/',
    '/',
  ],
  'x-user-staging-id': [],
  host: ['evil.example', 'localhost:4600:1', '[::1]', 'a b'],
  origin: ['null', 'https://evil.example'],
  'upload-offset': ['-1', '1.5', '0x10'],
  'accept-encoding': ['gzip;q=nonsense'],
}
const QUERIES = [
  '',
  '?',
  '?%',
  '?%00=%00',
  '?a[]=1&a[b]=2',
  '?__proto__[x]=1',
  '?limit=1e9',
  '?limit=&after=',
  '?x=%ed%a0%80',
  `?${'a=1&'.repeat(500)}`,
  '?noCache=1',
]

const doors = () => [
  ...new Set(
    fairway.http.routes
      .filter((route) => !route.endsWith(' /api/v1/live'))
      .map((route) => route.replaceAll(/:(\w+)/g, (_, name: string) => idOf(name)).replace('*', '')),
  ),
]

function idOf(name: string) {
  const ids: Record<string, string> = {
    artifactId: customer.release.artifacts[0]?.id ?? '',
    product: customer.productId,
    channel: 'stable',
    file: 'latest-linux.yml',
    name: customer.release.artifacts[0]?.name ?? '',
    inquiryId: customer.inquiry.id,
    attachmentId: customer.attachment.id,
    installationId: customer.agent.installation.id,
    organisationId: customer.organisation.id,
  }
  return ids[name] ?? 'x_0000'
}

test('no header and no query makes a 5xx at any door', { timeout: 180_000 }, async () => {
  const callers: Headers[] = [{}, developer, { authorization: `Bearer ${customer.member.token}` }, customer.agent.headers]
  const request = fc.record({
    door: fc.constantFrom(...doors()),
    query: fc.constantFrom(...QUERIES),
    caller: fc.constantFrom(...callers),
    odd: fc.array(
      fc
        .constantFrom(...Object.keys(HEADERS))
        .chain((name) => fc.constantFrom(...(HEADERS[name] ?? []), ...NASTY_HEADERS).map((value) => [name, value] as const)),
      { maxLength: 3 },
    ),
    payload: fc.option(fc.constantFrom('{}', '', '[]', 'null', '\u0000', '{"a":', 'x'.repeat(70_000))),
  })
  const found = new Map<string, string>()

  for (const { door, query, caller, odd, payload } of fc.sample(request, { numRuns: 4000, seed: 8 })) {
    const [method = '', url = ''] = door.split(' ')
    const headers = { ...caller, ...Object.fromEntries(odd) }
    const answer = await fairway.http.inject({
      method: method as 'GET',
      url: `${url}${query}`,
      headers,
      remoteAddress: `10.9.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}`,
      ...(payload === null || ['GET', 'HEAD'].includes(method) ? {} : { payload }),
    })
    const isOurs =
      url.startsWith('/api/') && !url.startsWith('/api/v1/uploads') && method !== 'HEAD' && !url.startsWith('/api/docs')
    const wrong =
      answer.statusCode >= 500
        ? String(answer.statusCode)
        : answer.statusCode >= 400 && isOurs
          ? whyNotProblem(answer)
          : undefined
    if (wrong)
      found.set(
        `${door}: ${wrong}`,
        JSON.stringify({ query, odd, payload: payload?.slice(0, 50), body: answer.body.slice(0, 300) }),
      )
  }

  expect(Object.fromEntries(found)).toEqual({})
})

test('no body makes a 5xx in the agent protocol, and every refusal is a problem document', { timeout: 120_000 }, async () => {
  const known: FuzzWorld['known'] = new Map([
    ['installationId', [customer.agent.installation.id]],
    ['releaseId', [customer.release.id, customer.draft.id, 're_0000000000000000']],
    ['refused', [customer.release.id]],
    ['version', ['1.0.0', '9.9.9']],
    ['nonce', [fairway.fleet.issueNonce().nonce]],
    ['reportId', ['00000000-0000-4000-8000-000000000001']],
  ])
  const found = new Map<string, string>()
  let good = 0
  for (const [path, schema] of Object.entries({
    enrolments: EnrolmentRequest,
    nonces: NonceRequest,
    tokens: TokenRequest,
    'check-ins': CheckInRequest,
    reports: ReportRequest,
  })) {
    // The same JSON Schema that the server compiles, without what only TypeBox knows.
    const bodies = valueOf(JSON.parse(JSON.stringify(schema)) as JsonSchema, { definitions: {}, known })
    for (const [at, body] of fc.sample(bodies, { numRuns: 300, seed: 21 }).entries()) {
      const answer = await fairway.http.inject({
        method: 'POST',
        url: `/updates/v1/${path}`,
        headers: { 'content-type': 'application/json', ...(at % 10 === 0 ? {} : customer.agent.headers) },
        payload: JSON.stringify(body) ?? 'null',
      })
      if (answer.statusCode < 300) good++
      const wrong = answer.statusCode >= 400 ? (answer.statusCode >= 500 ? answer.body : whyNotProblem(answer)) : undefined
      if (wrong) found.set(`${path}: ${wrong}`, JSON.stringify(body))
    }
  }
  await fairway.settle()

  expect(Object.fromEntries(found)).toEqual({})
  expect(good).toBeGreaterThan(100)
})

describe('an upload', () => {
  const tus = { 'tus-resumable': '1.0.0' }
  const begin = (more: Headers = {}, who = developer) =>
    fairway.http.inject({ method: 'POST', url: '/api/v1/uploads', headers: { ...who, ...tus, 'upload-length': '10', ...more } })
  const append = (url: string, offset: string, payload: string | Buffer, more: Headers = {}) =>
    fairway.http.inject({
      method: 'PATCH',
      url,
      headers: { ...developer, ...tus, 'upload-offset': offset, 'content-type': 'application/offset+octet-stream', ...more },
      payload,
    })

  test('says where it is by path alone, whatever hosts are forged', async () => {
    const answer = await begin({
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
    })

    expect(answer.headers.location).toMatch(/^\/api\/v1\/uploads\/up_[0-9a-z]{16}$/)
  })

  test('heeds no method in a header', async () => {
    const other = (await aStaff(fairway, ['developer'])).headers
    const location = String((await begin()).headers.location)
    const as = (method: string) =>
      fairway.http.inject({
        method: 'POST',
        url: location,
        headers: { ...other, ...tus, 'x-http-method-override': method, 'upload-length': '5' },
      })

    for (const method of ['GET', 'DELETE', 'PATCH', 'HEAD']) expect((await as(method)).body).not.toContain('0123')
    expect((await append(location, '0', '0123456789')).statusCode).toBe(204)
  })

  test('from two senders at once keeps one of them, whole', async () => {
    const location = String((await begin({ 'upload-length': '300000' })).headers.location)
    const [ones, twos] = [Buffer.alloc(300_000, 1), Buffer.alloc(300_000, 2)]
    const patch = (body: Buffer) =>
      fetch(`${server}${location}`, {
        method: 'PATCH',
        headers: { ...developer, ...tus, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
        body: new Uint8Array(body),
      }).then(
        (answer) => answer.status,
        () => 0,
      )

    const statuses = await Promise.all([patch(ones), patch(twos)])
    const file = await readFile(join(fairway.dataDir, 'artifacts', 'uploads', location.split('/').at(-1) ?? ''))

    expect(statuses.filter((status) => status >= 500)).toEqual([])
    expect(statuses.filter((status) => status === 204).length).toBeLessThanOrEqual(1)
    expect(new Set(file).size).toBeLessThanOrEqual(1)
  })

  test.each([
    ['more than announced', '0', 'x'.repeat(11), {}, [400, 413]],
    ['a wrong offset', '5', '01234', {}, [409]],
    ['a negative offset', '-1', '0', {}, [400, 409]],
    ['an offset of words', 'much', '0', {}, [400, 409]],
    ['an offset beyond numbers', '9'.repeat(30), '0', {}, [400, 409]],
    ['another content type', '0', '0', { 'content-type': 'text/plain' }, [400, 415]],
    ['another version', '0', '0', { 'tus-resumable': '9.9.9' }, [400, 412]],
    ['a new length', '0', '0', { 'upload-length': '99' }, [400]],
    ['a checksum that nobody knows', '0', '0123456789', { 'upload-checksum': 'nonsense %%%' }, [204, 400, 460]],
  ])('with %s is refused, and nothing breaks', async (_title, offset, payload, more, statuses) => {
    const location = String((await begin()).headers.location)

    expect(statuses).toContain((await append(location, offset, payload, more as Headers)).statusCode)
  })

  test.each([
    ['metadata beyond all measure', { 'upload-metadata': `name ${Buffer.from('x'.repeat(6000)).toString('base64')}` }],
    ['metadata that names another owner', { 'upload-metadata': `owner ${Buffer.from('pe_other').toString('base64')}` }],
    ['metadata with poison', { 'upload-metadata': `__proto__ ${Buffer.from('x').toString('base64')}` }],
    ['metadata that is none', { 'upload-metadata': 'a b c d,,, ,' }],
    ['a deferred length', { 'upload-defer-length': '1' }],
    ['a concatenation', { 'upload-concat': 'final;/api/v1/uploads/up_0000000000000000' }],
    ['no bytes at all', { 'upload-length': '0' }],
  ])('begun with %s is refused or its own', async (_title, more) => {
    const answer = await begin(more)

    expect(answer.statusCode).toBeLessThan(500)
    expect(answer.body).not.toMatch(/\/tmp\/|node_modules|at \w+ \(/)
    if (answer.statusCode === 201) {
      const head = await fairway.http.inject({
        method: 'HEAD',
        url: String(answer.headers.location),
        headers: { ...developer, ...tus },
      })
      expect(head.statusCode).toBe(200)
    }
  })

  test('that nobody touched for a day is forgotten, also where a crash left half of its record', async () => {
    const folder = join(fairway.dataDir, 'artifacts', 'uploads')
    const old = await anUpload(fairway, developer, randomBytes(10))
    await writeFile(join(folder, 'up_00000000000000ab.json'), '{"id":')
    const fresh = await anUpload(fairway, developer, randomBytes(10))
    const dayAgo = new Date(Date.now() - 25 * 3_600_000)
    const worker = fairway.delivery.workers.find(({ queue }) => queue === 'forget-uploads')
    const isLeft = async () => (await readdir(folder)).some((name) => name.startsWith(old) || name.includes('ab.json'))

    const age = async () => {
      for (const name of await readdir(folder)) if (!name.startsWith(fresh)) await utimes(join(folder, name), dayAgo, dayAgo)
    }

    // The library may still touch an upload a moment after it answered: then it is not old yet.
    await expect
      .poll(
        async () => {
          await age()
          await worker?.handle({}, { id: 'now' })
          return isLeft()
        },
        { timeout: 20_000, interval: 50 },
      )
      .toBe(false)

    expect(await readdir(folder)).toContain(fresh)
  })
})
