// The story of inquiries, told through HTTP: who opens, answers, closes and reopens them, and what nobody else ever sees.
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Event, EventName } from '#platform/events'
import { portalEvents } from '#portal'
import { anInstallation } from '#testing/installations'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff } from '#testing/people'
import { aProduct, call, eventsOf, mailsTo, type Method, must, type Somebody } from '../testing/calls.ts'

const DAY = 86_400_000

let fairway: TestFairway
let administrator: Awaited<ReturnType<typeof aStaff>>

beforeAll(async () => {
  fairway = await openFairway()
  administrator = await aStaff(fairway)
})
afterAll(() => fairway.close())

async function aCustomer() {
  const organisation = await anOrganisation(fairway)
  return { organisation, ...(await aMember(fairway, organisation.id)) }
}

async function anInquiry(who: Somebody, wish: object = {}) {
  return must(fairway, who, [
    'POST',
    '/api/v1/inquiries',
    { kind: 'question', title: 'No receipt', text: 'Nothing is printed.', ...wish },
  ])
}

const ask = (who: Somebody, ...request: [Method, string, object?]) => call(fairway, who, request)

test('an inquiry brings along what is known of its installation', async () => {
  const customer = await aCustomer()
  const till = await anInstallation(fairway, { organisationId: customer.organisation.id, name: 'till-3' })
  const checkIn = {
    version: '1.0.0',
    releaseId: 're_1',
    health: 'unhealthy' as const,
    platform: 'linux',
    arch: 'x64',
    refused: [],
  }
  fairway.fleet.noteCheckIn(till.installation.id, till.instance, checkIn)
  await fairway.fleet.saveReports(till.installation.id, [
    {
      reportId: 'b7e6b1de-6f3e-4c89-9c85-6c4ba7e3f001',
      releaseId: 're_1',
      kind: 'failed',
      version: '1.0.0',
      reason: 'The printer is gone',
    },
  ])

  const inquiry = await anInquiry(customer, { installationIds: [till.installation.id] })

  expect(inquiry).toMatchObject({
    view: 'customer',
    status: 'new',
    openedBy: { name: customer.person.name },
    installations: [
      { name: 'till-3', version: '1.0.0', health: 'unhealthy', lastReport: { kind: 'failed', reason: 'The printer is gone' } },
    ],
  })
  expect(inquiry.id).toMatch(/^INQ-\d{4,}$/)
  expect((await eventsOf(fairway, inquiry.id))[0]).toMatchObject({
    name: 'portal.inquiry_opened',
    actor: customer.person.id,
    body: { installationIds: [till.installation.id] },
  })
})

test('an installation of somebody else cannot be named, and is not told from one that does not exist', async () => {
  const [customer, other] = [await aCustomer(), await aCustomer()]
  const till = await anInstallation(fairway, { organisationId: other.organisation.id })
  const body = { kind: 'question', title: 'a', text: 'b' }

  const foreign = await ask(customer, 'POST', '/api/v1/inquiries', { ...body, installationIds: [till.installation.id] })
  const unknown = await ask(customer, 'POST', '/api/v1/inquiries', { ...body, installationIds: ['in_0000000000000000'] })

  expect([foreign.status, foreign.body.code]).toEqual([422, 'inquiry.installation_unknown'])
  expect([unknown.status, unknown.body.code]).toEqual([422, 'inquiry.installation_unknown'])
  expect(foreign.body.errors[0].pointer).toBe('/installationIds/0')
})

test('question and answer: whose turn it is follows from who wrote, and the customer is mailed', async () => {
  const customer = await aCustomer()
  const support = await aStaff(fairway, ['support'])
  const { id } = await anInquiry(customer)

  const answered = await must(fairway, support, ['POST', `/api/v1/inquiries/${id}/messages`, { text: 'Which printer is it?' }])
  const replied = await must(fairway, customer, ['POST', `/api/v1/inquiries/${id}/messages`, { text: 'The blue one.' }])
  const goesOn = await must(fairway, support, [
    'POST',
    `/api/v1/inquiries/${id}/messages`,
    { text: 'We look.', status: 'with_us' },
  ])

  expect([answered.status, replied.status, goesOn.status]).toEqual(['waits_for_customer', 'with_us', 'with_us'])
  expect(replied.messages).toMatchObject([
    { from: 'staff', author: { name: support.person.name }, text: 'Which printer is it?' },
    { from: 'member', author: { name: customer.person.name }, text: 'The blue one.' },
  ])
  const [mail] = await mailsTo(fairway, administrator, customer.person.email)
  expect(mail).toMatchObject({ subject: `Answered: No receipt (${id})`, text: expect.stringContaining('Which printer is it?') })
  expect(mail?.text).toContain(`http://localhost:4600/inquiries/${id}`)
})

test('everybody of the organisation who took part is mailed; where none is left, its managers are', async () => {
  const customer = await aCustomer()
  const colleague = await aMember(fairway, customer.organisation.id)
  const silent = await aMember(fairway, customer.organisation.id)
  const manager = await aMember(fairway, customer.organisation.id, 'manager')
  const { id } = await anInquiry(customer)
  await must(fairway, colleague, ['POST', `/api/v1/inquiries/${id}/messages`, { text: 'Here too.' }])
  const called = await anInquiry(administrator, { organisationId: customer.organisation.id })

  await must(fairway, administrator, ['POST', `/api/v1/inquiries/${id}/close`])
  await must(fairway, administrator, ['POST', `/api/v1/inquiries/${called.id}/close`])

  const mailed = async (who: { person: { email: string } }) =>
    (await mailsTo(fairway, administrator, who.person.email)).map((mail) => mail.subject)
  expect(await mailed(customer)).toEqual([`Closed: No receipt (${id})`])
  expect(await mailed(colleague)).toEqual([`Closed: No receipt (${id})`])
  expect(await mailed(silent)).toEqual([])
  expect(await mailed(manager)).toEqual([`Closed: No receipt (${called.id})`])
})

test('the customer says that it is solved, and may reopen it for 30 days', async () => {
  const customer = await aCustomer()
  const { id } = await anInquiry(customer)

  const solved = await must(fairway, customer, ['POST', `/api/v1/inquiries/${id}/solved`])
  const tooLate = await ask(customer, 'POST', `/api/v1/inquiries/${id}/messages`, { text: 'One more thing' })
  const reopened = await must(fairway, customer, ['POST', `/api/v1/inquiries/${id}/reopen`, { text: 'It is back.' }])

  expect(solved).toMatchObject({ status: 'closed', solvedIn: null })
  expect([tooLate.status, tooLate.body.code]).toEqual([409, 'inquiry.closed'])
  expect(reopened).toMatchObject({ status: 'reopened', closedAt: null, messages: [{ text: 'It is back.' }] })

  await must(fairway, customer, ['POST', `/api/v1/inquiries/${id}/solved`])
  fairway.clock.advance(30 * DAY)
  const refused = await ask(customer, 'POST', `/api/v1/inquiries/${id}/reopen`)
  const byStaff = await ask(administrator, 'POST', `/api/v1/inquiries/${id}/reopen`)
  expect([refused.status, refused.body.code]).toEqual([409, 'inquiry.closed_too_long_ago'])
  expect(byStaff.status).toBe(200)
})

test('what is closed is not closed again, and what is open is not reopened', async () => {
  const customer = await aCustomer()
  const { id } = await anInquiry(customer)

  expect((await ask(customer, 'POST', `/api/v1/inquiries/${id}/reopen`)).body.code).toBe('inquiry.not_closed')
  await must(fairway, administrator, ['POST', `/api/v1/inquiries/${id}/close`])
  expect((await ask(administrator, 'POST', `/api/v1/inquiries/${id}/close`)).body.code).toBe('inquiry.closed')
  expect((await ask(administrator, 'PATCH', `/api/v1/inquiries/${id}`, { status: 'with_us' })).body.code).toBe('inquiry.closed')
})

test('staff assign, choose whose turn it is, and nothing else by hand', async () => {
  const customer = await aCustomer()
  const support = await aStaff(fairway, ['support'])
  const { id } = await anInquiry(customer)
  const change = (body: object, who: Somebody = support) => ask(who, 'PATCH', `/api/v1/inquiries/${id}`, body)

  expect((await change({ assigneeId: support.person.id, status: 'with_us' })).body).toMatchObject({
    view: 'staff',
    status: 'with_us',
    assignee: { id: support.person.id, name: support.person.name },
    organisation: { name: customer.organisation.name },
  })
  expect((await change({ assigneeId: null })).body.assignee).toBeNull()
  expect((await change({ assigneeId: customer.person.id })).body.code).toBe('inquiry.assignee_unknown')
  expect((await change({ knownErrorId: 'KE-999999' })).body.code).toBe('known_error.unknown')
  expect((await change({ status: 'closed' })).status).toBe(422)
  expect((await change({ assigneeId: support.person.id }, customer)).status).toBe(403)
})

test('viewers read and do nothing; members do only what is theirs', async () => {
  const customer = await aCustomer()
  const viewer = await aStaff(fairway, ['viewer'])
  const { id } = await anInquiry(customer)
  const url = `/api/v1/inquiries/${id}`
  const status = async (...request: [Somebody, Method, string, object?]) => (await ask(...request)).status

  expect(await status(viewer, 'GET', url)).toBe(200)
  expect(await status(viewer, 'POST', `${url}/messages`, { text: 'a' })).toBe(403)
  expect(await status(viewer, 'POST', `${url}/close`)).toBe(403)
  expect(
    await status(viewer, 'POST', '/api/v1/inquiries', {
      kind: 'question',
      title: 'a',
      text: 'b',
      organisationId: customer.organisation.id,
    }),
  ).toBe(403)
  expect(await status(customer, 'POST', `${url}/notes`, { text: 'a' })).toBe(403)
  expect(await status(customer, 'POST', `${url}/close`)).toBe(403)
  expect(await status(customer, 'POST', `${url}/messages`, { text: 'a', status: 'with_us' })).toBe(403)
  expect(await status(administrator, 'POST', `${url}/solved`)).toBe(403)
})

test('another organisation finds nothing, whatever it tries', async () => {
  const [customer, stranger] = [await aCustomer(), await aCustomer()]
  const { id } = await anInquiry(customer)
  const url = `/api/v1/inquiries/${id}`
  const added = await fairway.http.inject({
    method: 'POST',
    url: `${url}/attachments?name=a.txt`,
    headers: { ...customer.headers, 'content-type': 'application/octet-stream' },
    payload: 'hello',
  })

  const requests: [Method, string, object?][] = [
    ['GET', url],
    ['PATCH', url, { status: 'with_us' }],
    ['POST', `${url}/messages`, { text: 'a' }],
    ['POST', `${url}/notes`, { text: 'a' }],
    ['POST', `${url}/close`],
    ['POST', `${url}/solved`],
    ['POST', `${url}/reopen`],
    ['GET', `${url}/attachments`],
    ['GET', `${url}/attachments/${added.json().id}`],
    ['GET', `/api/v1/inquiries?organisationId=${customer.organisation.id}`],
    ['POST', '/api/v1/inquiries', { kind: 'question', title: 'a', text: 'b', organisationId: customer.organisation.id }],
  ]
  for (const request of requests) expect((await ask(stranger, ...request)).status, request.join(' ')).toBe(404)
  const upload = await fairway.http.inject({
    method: 'POST',
    url: `${url}/attachments?name=a.txt`,
    headers: { ...stranger.headers, 'content-type': 'application/octet-stream' },
    payload: 'hello',
  })
  expect(upload.statusCode).toBe(404)
  expect((await must(fairway, stranger, ['GET', '/api/v1/inquiries'])).items).toEqual([])
  expect((await must(fairway, customer, ['GET', url])).messages).toEqual([])
})

test('lists are newest first, paged, filtered, and a customer sees the own organisation', async () => {
  const customer = await aCustomer()
  const colleague = await aMember(fairway, customer.organisation.id)
  const ids: string[] = []
  for (let count = 0; count < 3; count++) ids.unshift((await anInquiry(customer)).id)
  await must(fairway, customer, ['POST', `/api/v1/inquiries/${ids[1]}/solved`])
  const list = async (who: Somebody, query: string) => must(fairway, who, ['GET', `/api/v1/inquiries?${query}`])
  const idsOf = (page: { items: { id: string }[] }) => page.items.map((one) => one.id)

  const first = await list(colleague, 'limit=2')
  const second = await list(colleague, `limit=2&after=${first.next}`)

  expect([idsOf(first), idsOf(second), second.next]).toEqual([ids.slice(0, 2), ids.slice(2), null])
  expect(idsOf(await list(colleague, 'state=open'))).toEqual([ids[0], ids[2]])
  expect(idsOf(await list(colleague, 'state=closed'))).toEqual([ids[1]])
  expect(idsOf(await list(administrator, `organisationId=${customer.organisation.id}&state=new`))).toEqual([ids[0], ids[2]])
  expect((await ask(colleague, 'GET', '/api/v1/inquiries?knownErrorId=KE-101')).body.code).toBe('inquiry.filter_not_yours')
  expect((await ask(colleague, 'GET', '/api/v1/inquiries?after=nonsense')).status).toBe(422)
  expect(first.items[0]).not.toHaveProperty('assignee')
})

test('a note never reaches a customer: not in any answer, mail or live update, nor in the types of the document', async () => {
  const canary = 'CANARY-7f3a9c'
  const customer = await aCustomer()
  const product = await aProduct(fairway, administrator, customer.organisation.id)
  const error = await must(fairway, administrator, [
    'POST',
    '/api/v1/known-errors',
    { productId: product, title: 'No paper', affectedVersions: '>=1.0.0', cause: canary },
  ])
  const { id } = await anInquiry(customer)
  const noted = await must(fairway, administrator, ['POST', `/api/v1/inquiries/${id}/notes`, { text: canary }])
  await must(fairway, administrator, ['PATCH', `/api/v1/inquiries/${id}`, { knownErrorId: error.id }])
  await must(fairway, administrator, ['POST', `/api/v1/inquiries/${id}/messages`, { text: 'We look.' }])

  const document = await must(fairway, administrator, ['GET', '/api/openapi.json'])
  const answers: unknown[] = []
  for (const url of readableUrls(document, { inquiryId: id, knownErrorId: error.id }))
    answers.push((await ask(customer, 'GET', url)).body)
  for (const [verb, body] of [['messages', { text: 'Thank you.' }], ['solved'], ['reopen']] as [string, object?][])
    answers.push((await ask(customer, 'POST', `/api/v1/inquiries/${id}/${verb}`, body)).body)

  expect(noted.notes).toMatchObject([{ text: canary, author: { name: administrator.person.name } }])
  expect(answers.length).toBeGreaterThan(8)
  expect(answers.filter((answer) => JSON.stringify(answer).includes(id)).length).toBeGreaterThan(3)
  expect(JSON.stringify(answers)).not.toContain(canary)
  expect(JSON.stringify(await mailsTo(fairway, administrator, customer.person.email))).not.toContain(canary)
  expect(JSON.stringify(await eventsOf(fairway, id))).not.toContain(canary)
  expect(hears(customer.person, await lastEvent('portal.note_added', id))).toBe(false)
  expect(hears(customer.person, await lastEvent('portal.inquiry_answered', id))).toBe(true)
  for (const name of ['Inquiry', 'InquirySummary', 'Message', 'KnownError', 'KnownErrorRef'])
    expect(Object.keys(document.components.schemas[name].properties)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/note|cause$|assignee/i)]),
    )
  expect(document.components.schemas.InquiryForStaff.properties.notes).toBeDefined()
})

const hears = (person: { kind: string; organisationId: string }, event: Event) =>
  portalEvents[event.name]?.(person, event) ?? false

async function lastEvent(name: EventName, subject: string): Promise<Event> {
  const row = await fairway.db
    .selectFrom('platform.event')
    .select(['event_id as eventId', 'subject', 'actor', 'organisation_id as organisationId', 'occurred_at as occurredAt'])
    .where('name', '=', name)
    .where('subject', '=', subject)
    .executeTakeFirstOrThrow()
  // Its body is not asked for by audiences.
  return { ...row, name, body: {} as Event['body'] }
}

/** Every address of the document that can be read with these ids. */
function readableUrls(document: { paths: Record<string, { get?: unknown }> }, ids: Record<string, string>) {
  return Object.entries(document.paths)
    .filter(([, operations]) => operations.get)
    .map(([path]) => path.replaceAll(/\{(\w+)\}/g, (whole, name: string) => ids[name] ?? whole))
    .filter((path) => !path.includes('{'))
}

test('titles are one line with something in it', async () => {
  const customer = await aCustomer()

  expect((await anInquiry(customer, { title: ' No\r\n receipt\t ' })).title).toBe('No receipt')
  expect((await ask(customer, 'POST', '/api/v1/inquiries', { kind: 'question', title: ' \n ', text: 'a' })).body.code).toBe(
    'title.empty',
  )
})
