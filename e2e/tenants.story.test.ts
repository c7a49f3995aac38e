// No customer reads or changes anything of another: shown for every door of the server, every method, every id of the other.
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aCustomer, type ACustomer, STAFF_ONLY } from '../server/src/testing/a-customer.ts'
import { type ApiDocument, type FuzzRequest, learn, operationsOf } from '../server/src/testing/fuzz-routes.ts'
import { openLiveStream } from '../server/src/testing/live-stream.ts'
import { openFairway, type TestFairway } from '../server/src/testing/open-fairway.ts'
import { aMember, aStaff, signIn, TEST_PASSWORD } from '../server/src/testing/people.ts'
import { mentions, rowsAbout } from '../server/src/testing/rows-about.ts'
import { send } from '../server/src/testing/releases.ts'

/** Who may be answered with success behind each door. A new door fails the first test until somebody has thought about it. */
const DOORS: Record<'anybody' | 'customers' | 'staff' | 'installations', string[]> = {
  anybody: [
    'GET /api/openapi.json',
    'GET /api/docs',
    'HEAD /api/docs/',
    'GET /api/docs/static/index.html',
    'GET /api/docs/static/swagger-initializer.js',
    'GET /api/docs/json',
    'GET /api/docs/yaml',
    'GET /api/docs/static/*',
    'GET /api/docs/static/theme/fairway.css',
    'GET /health/live',
    'GET /health/ready',
    'GET /metrics',
    'GET /api/v1/vendor',
    'GET /api/auth/get-session',
    'GET /api/auth/list-sessions',
    'GET /api/auth/passkey/generate-register-options',
    'GET /api/auth/passkey/generate-authenticate-options',
    'GET /api/auth/passkey/list-user-passkeys',
    'POST /api/auth/sign-in/email',
    'POST /api/auth/sign-in/magic-link',
    'POST /api/auth/sign-out',
    'POST /api/auth/revoke-session',
    'POST /api/auth/revoke-sessions',
    'POST /api/auth/revoke-other-sessions',
    'POST /api/auth/change-password',
    'POST /api/auth/passkey/verify-registration',
    'POST /api/auth/passkey/verify-authentication',
    'POST /api/auth/passkey/delete-passkey',
    'POST /api/auth/passkey/update-passkey',
    'POST /api/auth/two-factor/enable',
    'POST /api/auth/two-factor/disable',
    'POST /api/auth/two-factor/get-totp-uri',
    'POST /api/auth/two-factor/verify-totp',
    'POST /api/auth/two-factor/verify-backup-code',
    'POST /api/auth/two-factor/generate-backup-codes',
    'GET /identity-assets/pages.css',
    'GET /identity-assets/inter.woff2',
    'GET /identity-assets/mark.svg',
    'GET /sign-in/link',
    'GET /identity-assets/pages.js',
    'GET /',
    'GET /sign-in',
    'POST /sign-in',
    'POST /sign-in/link',
    'POST /sign-out',
    'GET /sign-in/code',
    'POST /sign-in/code',
    'GET /sign-in/link/:token',
    'POST /sign-in/link/:token',
    'GET /invite/:token',
    'POST /invite/:token',
    'GET /setup/:token',
    'POST /setup/:token',
    'POST /updates/v1/nonces',
    'GET /updates/electron/:product/:channel/:file',
    'GET /updates/electron/:product/:channel/:artifactId/:name',
    'GET /updates/tuf/:product/metadata/:file',
    'GET /updates/tuf/:product/targets/:channel/:version/:file',
  ],
  customers: [
    'GET /api/v1/live',
    'GET /api/v1/me',
    'GET /api/v1/sessions',
    'DELETE /api/v1/sessions/:sessionId',
    'GET /api/v1/tokens',
    'POST /api/v1/tokens',
    'DELETE /api/v1/tokens/:tokenId',
    'GET /api/v1/organisations',
    'GET /api/v1/organisations/:organisationId',
    'PATCH /api/v1/organisations/:organisationId',
    'GET /api/v1/organisations/:organisationId/members',
    'PATCH /api/v1/organisations/:organisationId/members/:personId',
    'DELETE /api/v1/organisations/:organisationId/members/:personId',
    'GET /api/v1/organisations/:organisationId/invitations',
    'POST /api/v1/organisations/:organisationId/invitations',
    'POST /api/v1/invitations/:invitationId/resend',
    'DELETE /api/v1/invitations/:invitationId',
    'GET /api/v1/organisations/:organisationId/entitlements',
    'GET /api/v1/installations',
    'GET /api/v1/installation-counts',
    'GET /api/v1/outlooks',
    'GET /api/v1/installations/:installationId',
    'GET /api/v1/installations/:installationId/reports',
    'PATCH /api/v1/installations/:installationId',
    'POST /api/v1/installations/:installationId/retire',
    'POST /api/v1/enrolments',
    'GET /api/v1/products',
    'GET /api/v1/products/:productId',
    'GET /api/v1/releases',
    'GET /api/v1/releases/:releaseId',
    'GET /api/v1/artifacts/:artifactId/file',
    'GET /api/v1/inquiries',
    'POST /api/v1/inquiries',
    'GET /api/v1/inquiries/:inquiryId',
    'POST /api/v1/inquiries/:inquiryId/messages',
    'POST /api/v1/inquiries/:inquiryId/close',
    'POST /api/v1/inquiries/:inquiryId/solved',
    'POST /api/v1/inquiries/:inquiryId/reopen',
    'GET /api/v1/inquiries/:inquiryId/attachments',
    'POST /api/v1/inquiries/:inquiryId/attachments',
    'GET /api/v1/inquiries/:inquiryId/attachments/:attachmentId',
    'GET /api/v1/inquiry-counts',
    'GET /api/v1/known-errors',
    'GET /api/v1/known-errors/:knownErrorId',
  ],
  staff: [
    'GET /api/v1/mails',
    'POST /api/v1/mails/:mailId/retry',
    'GET /api/v1/events',
    'GET /api/v1/timeline',
    'GET /api/v1/timeline/hours',
    'GET /api/v1/parked-events',
    'POST /api/v1/parked-events/retry',
    'POST /api/v1/parked-events/skip',
    'POST /api/v1/organisations',
    'PATCH /api/v1/vendor',
    'GET /api/v1/staff',
    'PATCH /api/v1/staff/:personId',
    'DELETE /api/v1/staff/:personId',
    'GET /api/v1/staff/invitations',
    'POST /api/v1/staff/invitations',
    'POST /api/v1/installations/:installationId/revoke',
    'POST /api/v1/installations/:installationId/clear-copied',
    'POST /api/v1/products',
    'PATCH /api/v1/products/:productId',
    'POST /api/v1/products/:productId/channels',
    'GET /api/v1/products/:productId/keys',
    'POST /api/v1/products/:productId/keys/:role',
    'DELETE /api/v1/products/:productId/keys/:role/change',
    'GET /api/v1/products/:productId/unsigned',
    'POST /api/v1/products/:productId/unsigned/:role/signatures',
    'PUT /api/v1/organisations/:organisationId/entitlements/:productId/:channel',
    'DELETE /api/v1/organisations/:organisationId/entitlements/:productId/:channel',
    'POST /api/v1/releases',
    'PATCH /api/v1/releases/:releaseId',
    'DELETE /api/v1/releases/:releaseId',
    'POST /api/v1/releases/:releaseId/publish',
    'POST /api/v1/releases/:releaseId/withdraw',
    'POST /api/v1/releases/:releaseId/artifacts',
    'DELETE /api/v1/releases/:releaseId/artifacts/:artifactId',
    'GET /api/v1/rollouts',
    'POST /api/v1/rollouts',
    'GET /api/v1/rollouts/:rolloutId',
    'GET /api/v1/rollouts/:rolloutId/failures',
    'GET /api/v1/rollout-defaults',
    'POST /api/v1/rollouts/:rolloutId/pause',
    'POST /api/v1/rollouts/:rolloutId/resume',
    'POST /api/v1/rollouts/:rolloutId/halt',
    'POST /api/v1/rollouts/:rolloutId/roll-back',
    'DELETE /api/v1/rollouts/:rolloutId/roll-back',
    'POST /api/v1/uploads*',
    'HEAD /api/v1/uploads*',
    'PATCH /api/v1/uploads*',
    'DELETE /api/v1/uploads*',
    'OPTIONS /api/v1/uploads*',
    'PATCH /api/v1/inquiries/:inquiryId',
    'POST /api/v1/inquiries/:inquiryId/notes',
    'POST /api/v1/known-errors',
    'PATCH /api/v1/known-errors/:knownErrorId',
  ],
  installations: [
    'POST /updates/v1/enrolments',
    'POST /updates/v1/tokens',
    'POST /updates/v1/check-ins',
    'POST /updates/v1/reports',
    'GET /updates/v1/artifacts/:artifactId',
    'GET /updates/v1/artifacts/:artifactId/plain',
  ],
}
const ENDS_SESSIONS = /sign-out|\/api\/auth\/revoke/
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
type Method = (typeof METHODS)[number]
type Headers = Record<string, string>

let fairway: TestFairway
let server = ''
let theirs: ACustomer
let ours: ACustomer
/** Ids of the other customer, by the parameter that takes them. */
let idsOf: (customer: ACustomer) => Record<string, string[]>
let staffIds: string[]
/** Another manager of ours, who signs out again and again. */
let leaver: { email: string }
beforeAll(async () => {
  fairway = await openFairway()
  server = await fairway.http.listen({ host: '127.0.0.1', port: 0 })
  ours = await aCustomer(fairway, 'oursword')
  theirs = await aCustomer(fairway, 'theirsword')
  leaver = (await aMember(fairway, ours.organisation.id, { role: 'manager', password: TEST_PASSWORD })).person
  const { headers } = await aStaff(fairway)
  const invitations = new Map<string, string>()
  for (const { organisation } of [ours, theirs]) {
    const list = await send<{ items: { id: string }[] }>(fairway, headers, {
      method: 'GET',
      url: `/api/v1/organisations/${organisation.id}/invitations`,
    })
    invitations.set(organisation.id, list.items[0]?.id ?? '')
  }
  staffIds = (await fairway.identity.listStaff()).map(({ id }) => id)
  idsOf = (customer) => ({
    organisationId: [customer.organisation.id],
    personId: [customer.member.person.id, customer.manager.person.id],
    productId: [customer.productId],
    product: [customer.productId],
    channel: ['stable'],
    role: ['root', 'channel-stable'],
    releaseId: [customer.release.id, customer.draft.id],
    artifactId: [customer.release.artifacts[0]?.id ?? '', customer.draft.artifacts[0]?.id ?? ''],
    rolloutId: [customer.rollout.id],
    installationId: [customer.agent.installation.id],
    inquiryId: [customer.inquiry.id],
    knownErrorId: [customer.knownError.id, customer.draftError.id],
    attachmentId: [customer.attachment.id],
    invitationId: [invitations.get(customer.organisation.id) ?? ''],
    tokenId: [customer.member.tokenId, customer.manager.tokenId],
    sessionId: ['se_none'],
    mailId: ['ma_none'],
    version: [customer.release.version],
    file: ['latest-linux.yml', '1.root.json', 'timestamp.json', signedFileOf(customer)],
    name: [customer.release.artifacts[0]?.name ?? ''],
    token: ['x'.repeat(43)],
    '*': ['/up_0000000000000000', ''],
  })
})
afterAll(() => fairway.close())

/** As its TUF repository names it. */
function signedFileOf({ release: { artifacts } }: ACustomer) {
  return `${artifacts[0]?.sha256}.${artifacts[0]?.name}`
}

const allDoors = () => Object.values(DOORS).flat()
const patterns = () => [...new Set(fairway.http.routes.map((route) => route.split(' ')[1] ?? ''))]

/** Every address that a pattern becomes with these ids. */
function addresses(pattern: string, ids: Record<string, string[]>): string[] {
  const [, name] = /:(\w+)/.exec(pattern) ?? (pattern.includes('*') ? ['', '*'] : [])
  if (name === undefined) return [pattern]
  const values = ids[name]
  if (!values) throw new Error(`Nobody has said which ids go into ${pattern}.`)
  return values.flatMap((value) =>
    addresses(
      pattern.replace(name === '*' ? '*' : `:${name}`, () => value),
      ids,
    ),
  )
}

async function ask(method: Method, url: string, headers: Headers, payload?: string) {
  // Opens a stream that does not end; it has a test of its own.
  if (url.startsWith('/api/v1/live') && method === 'GET') return { statusCode: 401, body: '', headers: {} }
  const type = url.includes('/attachments') ? 'application/octet-stream' : 'application/json'
  return fairway.http.inject({
    method,
    url,
    headers: { host: 'localhost:4600', ...(payload === undefined ? {} : { 'content-type': type }), ...headers },
    ...(payload === undefined ? {} : { payload }),
  })
}

/** What of somebody's stands in an answer, leaving out what the asker said. */
function leaked(answer: { body: string; headers: object }, secrets: string[], said: string) {
  let text = `${answer.body} ${JSON.stringify(answer.headers)}`
  const echoed = secrets.filter((one) => said.includes(one)).toSorted((a, b) => b.length - a.length)
  for (const secret of echoed) text = text.replaceAll(secret, '')
  return secrets.filter((secret) => text.includes(secret))
}

/** Everything that names something of a customer. */
function secretsOf(customer: ACustomer) {
  const unknowing = ['channel', 'role', 'version', 'file', 'sessionId', 'mailId', 'token', '*', 'name']
  const ids = Object.entries(idsOf(customer)).flatMap(([name, values]) => (unknowing.includes(name) ? [] : values))
  return [...new Set([...ids, customer.word])]
}

test('every door is classified, and only doors that exist are', () => {
  const routes = fairway.http.routes.filter((route) => !route.startsWith('HEAD ') || allDoors().includes(route))
  // Fastify answers HEAD wherever GET is; only a HEAD of its own is a door.
  expect([...new Set(routes)].toSorted()).toEqual(allDoors().toSorted())
})

describe('the other customer', () => {
  test(
    'stays unseen and untouched, whatever a member, a manager or a stranger asks of its things at any door',
    { timeout: 180_000 },
    async () => {
      const secrets = [...secretsOf(theirs), STAFF_ONLY]
      const before = await rowsAbout(fairway.db, secretsOf(theirs))
      const found = new Set<string>()
      const askers: Record<string, Headers> = {
        member: ours.member.headers,
        manager: ours.manager.headers,
        installation: ours.agent.headers,
        stranger: {},
      }

      for (const pattern of patterns()) {
        for (const url of addresses(pattern, idsOf(theirs))) {
          for (const [who, always] of Object.entries(askers)) {
            for (const method of METHODS) {
              const headers = await lasting(pattern, always)
              const payload = ['POST', 'PUT', 'PATCH'].includes(method) ? '{}' : undefined
              const answer = await ask(method, url, headers, payload)
              for (const secret of leaked(answer, secrets, url)) found.add(`${method} ${url} by ${who} shows ${secret}`)
              if (answer.statusCode >= 500) found.add(`${method} ${url} by ${who}: ${answer.statusCode}`)
              const isOpenToAll = DOORS.anybody.some((door) => door.endsWith(` ${pattern}`))
              const namesThem = secrets.some((secret) => url.includes(secret))
              if (answer.statusCode < 400 && namesThem && !isOpenToAll && method !== 'OPTIONS')
                found.add(`${method} ${url} by ${who}: ${answer.statusCode}`)
            }
          }
        }
      }

      expect([...found]).toEqual([])
      expect(await rowsAbout(fairway.db, secretsOf(theirs))).toEqual(before)
    },
  )

  test('stays unseen and untouched by requests of every form that carry its ids', { timeout: 180_000 }, async () => {
    const document = (await fairway.http.inject('/api/openapi.json')).json<ApiDocument>()
    const known = new Map(Object.entries(idsOf(theirs)))
    learn(document, known)
    known.set('after', [...secretsOf(theirs), 'oursword installation', "' or 1=1 --"])
    const secrets = [...secretsOf(theirs), STAFF_ONLY]
    const before = await rowsAbout(fairway.db, secretsOf(theirs))
    const found = new Map<string, string>()
    let succeeded = 0

    for (const { name, requests } of operationsOf(document, known)) {
      for (const [who, headers] of Object.entries({ member: ours.member.headers, manager: ours.manager.headers })) {
        for (const request of fc.sample(requests, { numRuns: 12, seed: 77 })) {
          if (endsUs(request)) continue
          const answer = await fairway.http.inject({ ...request, headers: { ...request.headers, ...headers } })
          const said = decodeURIComponent(request.url.replaceAll(/%(?![0-9a-f]{2})|%ed%a0%80/gi, '')) + (request.payload ?? '')
          for (const secret of leaked(answer, secrets, said))
            found.set(`${name} by ${who} shows ${secret}`, JSON.stringify(request))
          if (answer.statusCode < 300) succeeded++
          const twin = withAbsentIds(request)
          if (!twin) continue
          const told = await fairway.http.inject({ ...twin, headers: { ...twin.headers, ...headers } })
          const [one, other] = [codeOf(answer), codeOf(told)]
          if (one !== other) found.set(`${name} by ${who}: ${one}, where nothing is: ${other}`, JSON.stringify(request))
        }
      }
    }

    expect(Object.fromEntries(found)).toEqual({})
    // Made by us while asking: the known words of the fuzz are the other's ids, so a row that took one in would show here.
    expect(await rowsAbout(fairway.db, secretsOf(theirs))).toEqual(before)
    expect(succeeded).toBeGreaterThan(50)
  })

  test('is told apart from what does not exist by no answer', async () => {
    const nothing: Record<string, string[]> = Object.fromEntries(
      Object.entries(idsOf(theirs)).map(([name, values]) => [name, values.map((value) => absent(name, value))]),
    )
    const found = new Set<string>()
    for (const pattern of patterns().filter((one) => one.startsWith('/api/v1/') && one.includes(':'))) {
      const [there = [], absentee = []] = [addresses(pattern, idsOf(theirs)), addresses(pattern, nothing)]
      for (const [at, url] of there.entries()) {
        for (const method of METHODS) {
          const headers = ours.manager.headers
          const payload = method === 'GET' || method === 'HEAD' ? undefined : '{}'
          const [one, other] = [await ask(method, url, headers, payload), await ask(method, absentee[at] ?? '', headers, payload)]
          if (codeOf(one) !== codeOf(other)) found.add(`${method} ${url}: ${codeOf(one)}, where nothing is: ${codeOf(other)}`)
        }
      }
    }
    expect([...found]).toEqual([])
  })

  test('is not in our lists, searches and filters', async () => {
    const lists = ['organisations', 'installations', 'products', 'releases', 'inquiries', 'known-errors', 'tokens', 'sessions']
    const queries = [
      '',
      '?limit=100',
      '?q=installation',
      `?organisationId=${theirs.organisation.id}`,
      `?productId=${theirs.productId}`,
      '?state=active',
      '?state=open',
    ]
    for (const list of lists) {
      for (const query of queries) {
        const answer = await ask('GET', `/api/v1/${list}${query}`, ours.member.headers)
        expect([list, query, leaked(answer, [...secretsOf(theirs), STAFF_ONLY], query)]).toEqual([list, query, []])
      }
      const own = await ask('GET', `/api/v1/${list}`, ours.member.headers)
      if (list !== 'sessions') expect([list, mentions(own.body, secretsOf(ours))]).toEqual([list, true])
    }
  })

  test('is not in our live updates, and neither is what only staff may know', async () => {
    const stream = await openLiveStream(server, ours.member.headers)
    await stream.until(() => stream.messages.length > 0)
    const vendor = (await aStaff(fairway)).headers
    const post = (url: string, payload: object, headers: Headers) => send(fairway, headers, { method: 'POST', url, payload })

    await post(`/api/v1/inquiries/${theirs.inquiry.id}/messages`, { text: 'theirs' }, theirs.member.headers)
    await post(`/api/v1/inquiries/${ours.inquiry.id}/notes`, { text: STAFF_ONLY }, vendor)
    await post('/api/v1/known-errors', { productId: ours.productId, title: STAFF_ONLY, affectedVersions: '*' }, vendor)
    await post(`/api/v1/inquiries/${ours.inquiry.id}/messages`, { text: 'ours' }, ours.manager.headers)
    await stream.until(() => stream.happened().some(({ subject }) => subject === ours.inquiry.id))
    stream.close()

    expect(leaked({ body: stream.text, headers: {} }, [...secretsOf(theirs), STAFF_ONLY], '')).toEqual([])
    expect(stream.happened().map(({ name }) => name)).not.toContain('portal.note_added')
  })
})

describe('an installation', () => {
  const told = (releaseId: string) => ({
    reports: [{ reportId: '00000000-0000-4000-8000-000000000001', releaseId, kind: 'failed', version: null, reason: 'oursword' }],
  })

  test('fetches nothing of another customer and moves no rollout of it', async () => {
    const before = await rowsAbout(fairway.db, secretsOf(theirs), [ours.agent.installation.id])
    const { headers } = ours.agent

    const report = await ask('POST', '/updates/v1/reports', headers, JSON.stringify(told(theirs.release.id)))
    const file = await ask('GET', `/updates/v1/artifacts/${theirs.release.artifacts[0]?.id}`, headers)
    const electron = await ask('GET', `/updates/electron/${theirs.productId}/stable/latest-linux.yml`, {
      authorization: `Bearer ${ours.member.token}`,
    })
    await fairway.settle()

    expect([report.statusCode < 500, file.statusCode, electron.statusCode]).toEqual([true, 404, 404])
    expect(await rowsAbout(fairway.db, secretsOf(theirs), [ours.agent.installation.id])).toEqual(before)
  })

  test('cannot speak as another, and its token opens no door of people', async () => {
    const { nonce } = fairway.fleet.issueNonce()
    const proof = { installationId: theirs.agent.installation.id, instance: 'x'.repeat(22), nonce, signature: 'x'.repeat(86) }

    const exchanged = await ask('POST', '/updates/v1/tokens', {}, JSON.stringify(proof))
    const people = await ask('GET', '/api/v1/installations', ours.agent.headers)

    expect([exchanged.statusCode, people.statusCode]).toEqual([401, 401])
  })
})

describe('what only staff may know', () => {
  test('is in no answer to a customer, at any door, not even about its own things', async () => {
    const found = new Set<string>()
    for (const [who, headers] of Object.entries({
      member: theirs.member.headers,
      manager: theirs.manager.headers,
      stranger: {},
    })) {
      for (const pattern of patterns()) {
        for (const url of addresses(pattern, idsOf(theirs))) {
          const answer = await ask('GET', url, headers)
          for (const secret of leaked(answer, [STAFF_ONLY, ...staffIds, theirs.draft.id, theirs.rollout.id], url))
            found.add(`${url} shows ${secret} to ${who}`)
        }
      }
    }
    expect([...found]).toEqual([])
  })

  test('is behind doors that answer no customer with success, with well-formed requests too', { timeout: 180_000 }, async () => {
    const document = (await fairway.http.inject('/api/openapi.json')).json<ApiDocument>()
    const known = new Map(Object.entries(idsOf(theirs)))
    learn(document, known)
    const found = new Map<string, string>()
    for (const { name, requests } of operationsOf(document, known)) {
      if (!DOORS.staff.includes(name.replaceAll(/\{(\w+)\}/g, ':$1'))) continue
      for (const headers of [theirs.member.headers, theirs.manager.headers]) {
        for (const request of fc.sample(requests, { numRuns: 20, seed: 5 })) {
          const answer = await fairway.http.inject({ ...request, headers: { ...request.headers, ...headers } })
          if (answer.statusCode < 400) found.set(name, `${answer.statusCode} ${JSON.stringify(request)}`)
        }
      }
    }
    expect(Object.fromEntries(found)).toEqual({})
  })
})

/** Where one signs out or gives up sessions: a session for that alone. */
async function lasting(pattern: string, headers: Headers) {
  return ENDS_SESSIONS.test(pattern) && headers.cookie ? signIn(fairway, leaver) : headers
}

/** Our own rights are needed until the end. */
function endsUs({ method, url }: FuzzRequest) {
  return method === 'DELETE' && /\/(tokens|members|sessions)\//.test(url) && mentions(url, secretsOf(ours))
}

function absent(name: string, id: string) {
  if (['channel', 'role', 'version', 'file', 'name', 'token', 'sessionId', 'mailId', '*'].includes(name)) return id
  if (/^(INQ|KE)-/.test(id)) return id.replace(/\d+$/, '999999')
  return id.includes('_') ? id.replace(/[a-z0-9]{8}$/, '00000000') : `no-${id}`
}

/** The same request about things that do not exist; undefined where it names none of theirs. */
function withAbsentIds(request: FuzzRequest): FuzzRequest | undefined {
  let text = JSON.stringify(request)
  for (const [name, ids] of Object.entries(idsOf(theirs))) for (const id of ids) text = text.replaceAll(id, absent(name, id))
  // It was text a line above.
  return text === JSON.stringify(request) ? undefined : (JSON.parse(text) as FuzzRequest)
}

function codeOf(answer: { statusCode: number; body: string }) {
  const code = /"code":"([^"]+)"/.exec(answer.body)?.[1]
  return `${answer.statusCode} ${code ?? ''}`
}
