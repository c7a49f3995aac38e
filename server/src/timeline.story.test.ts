// The timeline as staff read it: newest first, named, filtered, and by the hour.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { announce } from '#platform/events'
import { aCustomer, type ACustomer } from '#testing/a-customer'
import { openFairway, openFairwayForTest, type TestFairway } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff } from '#testing/people'
import { send } from '#testing/releases'

const HOUR = 3_600_000

interface Item {
  id: string
  name: string
  subject: string
  subjectName: string | null
  organisation: { id: string; name: string } | null
  actor: { id: string; name: string; kind: string } | null
  occurredAt: string
  isFailure: boolean
  body: Record<string, unknown>
}
interface Page {
  items: Item[]
  names: Record<string, string>
  next: string | null
  newest: string | null
}
type Headers = Record<string, string>

let fairway: TestFairway
let headers: Headers
let customer: ACustomer
beforeAll(async () => {
  fairway = await openFairway()
  headers = (await aStaff(fairway)).headers
  customer = await aCustomer(fairway, 'corner')
  await fairway.settle()
})
afterAll(() => fairway.close())

function read(query: string, at = { fairway, headers }) {
  return send<Page>(at.fairway, at.headers, { method: 'GET', url: `/api/v1/timeline?${query}` })
}

async function whole() {
  return (await read('limit=200')).items
}

test('newest first, page by page, each event once', async () => {
  const all = await whole()
  const paged: Item[] = []
  for (let query = 'limit=7'; ;) {
    const page = await read(query)
    paged.push(...page.items)
    if (page.next === null) break
    query = `limit=7&before=${encodeURIComponent(page.next)}`
  }

  expect(all.length).toBeGreaterThan(15)
  expect(paged).toEqual(all)
  expect(new Set(all.map((one) => one.id)).size).toBe(all.length)
  expect(all.map((one) => one.occurredAt)).toEqual(
    all
      .map((one) => one.occurredAt)
      .toSorted()
      .toReversed(),
  )
})

test('what happened at the same instant is told last first, and no page loses any of it', async () => {
  const { id } = customer.inquiry
  const body = { assigneeId: (await aStaff(fairway)).person.id, status: 'waits_for_customer', knownErrorId: null }
  await send(fairway, headers, { method: 'PATCH', url: `/api/v1/inquiries/${id}`, payload: body })

  const first = await read(`subject=${id}&limit=1`)
  const second = await read(`subject=${id}&limit=1&before=${first.next}`)
  const third = await read(`subject=${id}&limit=1&before=${second.next}`)

  const told = [first, second, third].flatMap((page) => page.items)
  expect(new Set(told.map((one) => one.occurredAt)).size).toBe(1)
  expect(told.map((one) => one.name)).toEqual([
    'portal.inquiry_linked',
    'portal.inquiry_status_changed',
    'portal.inquiry_assigned',
  ])
})

test('things, people and customers stand there with their names', async () => {
  const all = await whole()
  const named = (name: string) => all.find((one) => one.name === name)
  const { organisation, member, agent, inquiry } = customer

  expect(named('portal.inquiry_opened')).toMatchObject({
    subject: inquiry.id,
    subjectName: 'corner title',
    organisation: { id: organisation.id, name: 'corner organisation' },
    actor: { id: member.person.id, name: 'corner member', kind: 'person' },
  })
  expect(named('fleet.installation_enrolled')).toMatchObject({
    subject: agent.installation.id,
    subjectName: 'corner installation',
    actor: { id: agent.installation.id, name: 'corner installation', kind: 'installation' },
  })
  expect(named('delivery.release_published')).toMatchObject({ subjectName: 'corner-product 1.0.0', organisation: null })
  expect(named('delivery.rollout_halted')).toMatchObject({ subjectName: 'corner-product 1.0.0', isFailure: true })
  expect(named('identity.organisation_created')).toMatchObject({
    subjectName: 'corner organisation',
    actor: { id: 'system', kind: 'system' },
  })
  const linked = (await read(`name=portal.inquiry_linked&subject=${inquiry.id}&limit=100`)).names
  expect(linked).toMatchObject({ [customer.knownError.id]: 'corner error' })
})

test('filtered by customer, thing, name, beginning of a name, and time', async () => {
  const all = await whole()
  const other = await anOrganisation(fairway)
  const ids = async (query: string) => (await read(`limit=200&${query}`)).items.map((one) => one.id)
  const those = (is: (one: Item) => boolean) => all.filter(is).map((one) => one.id)
  const middle = all[Math.floor(all.length / 2)]?.occurredAt ?? ''

  expect(await ids(`organisationId=${customer.organisation.id}`)).toEqual(
    those((one) => one.organisation?.id === customer.organisation.id),
  )
  expect(await ids(`organisationId=${other.id}`)).toHaveLength(1)
  expect(await ids(`subject=${customer.release.id}`)).toEqual(those((one) => one.subject === customer.release.id))
  expect(await ids('name=delivery.release_published')).toEqual(those((one) => one.name === 'delivery.release_published'))
  expect(await ids('name=delivery.')).toEqual(those((one) => one.name.startsWith('delivery.')))
  expect(await ids('name=delivery.,portal.inquiry_opened')).toEqual(
    those((one) => one.name.startsWith('delivery.') || one.name === 'portal.inquiry_opened'),
  )
  expect(await ids(`to=${middle}`)).toEqual(those((one) => one.occurredAt < middle))
  const since = await ids(`from=${middle}`)
  expect(since.filter((id) => all.some((one) => one.id === id))).toEqual(those((one) => one.occurredAt >= middle))
})

test('what came since a page is told, also when it says that it happened earlier; nothing twice in the long run', async () => {
  const { newest } = await read('limit=1')
  const nothing = await read(`after=${newest}`)
  const url = `/api/v1/inquiries/${customer.inquiry.id}`
  await send(fairway, customer.manager.headers, { method: 'POST', url: `${url}/messages`, payload: { text: 'And?' } })
  fairway.clock.advance(-HOUR)
  await send(fairway, headers, { method: 'POST', url: `${url}/notes`, payload: { text: 'Hm.' } })
  fairway.clock.advance(HOUR)

  const arrived = await read(`after=${newest}`)

  expect(nothing).toMatchObject({ items: [], newest, next: null })
  expect(arrived.items.map((one) => one.name)).toEqual(['portal.inquiry_answered', 'portal.note_added'])
  expect((await read(`after=${arrived.newest}`)).items).toEqual([])
  expect((await read(`after=${newest}&name=portal.note_added`)).items).toHaveLength(1)
})

test('nothing is passed over that a transaction still under way announces', async () => {
  const { newest } = await read('limit=1')
  const rename = (subject: string, tx: Parameters<typeof announce>[0]) =>
    announce(tx, {
      name: 'identity.vendor_renamed',
      subject,
      actor: 'system',
      occurredAt: fairway.clock.now(),
      body: { name: subject },
    })
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>()
  const { promise: hasAnnounced, resolve: announced } = Promise.withResolvers<void>()
  const slow = fairway.db.transaction().execute(async (tx) => {
    await rename('slow', tx)
    announced()
    await mayEnd
  })
  await hasAnnounced
  await fairway.db.transaction().execute((tx) => rename('quick', tx))

  const meanwhile = await read(`after=${newest}`)
  end()
  await slow
  const afterwards = await read(`after=${meanwhile.newest}`)

  expect(meanwhile.items).toEqual([])
  expect(afterwards.items.map((one) => one.subject).toSorted()).toEqual(['quick', 'slow'])
})

test('places that we never gave, and both ways at once, are refused', async () => {
  const status = async (query: string) =>
    (await fairway.http.inject({ method: 'GET', url: `/api/v1/timeline?${query}`, headers })).statusCode

  for (const query of [
    'before=nonsense',
    'before=2026-02-30T25:00:00.000000Z_1',
    'before=2026-11-23T12:00:00.000000Z_99999999999999999999',
    'after=nonsense',
    'after=1.2.3&before=2026-11-23T12:00:00.000000Z_1',
    'name=delivery',
    "name=delivery.'",
    'limit=201',
    'from=yesterday',
  ])
    expect(await status(query), query).toBe(422)
})

test('customers see none of it', async () => {
  for (const url of ['/api/v1/timeline', '/api/v1/timeline/hours?from=2026-11-23T00:00:00Z&to=2026-11-24T00:00:00Z']) {
    const answer = await fairway.http.inject({ method: 'GET', url, headers: customer.manager.headers })
    expect(answer.statusCode).toBe(403)
  }
})

test('no body holds a secret', async () => {
  const secret = /secret|password|passkey|cookie|private|salt|^token$|signature|content|text$/i
  const keysOf = (value: unknown): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([key, inner]) => [...(Array.isArray(value) ? [] : [key]), ...keysOf(inner)])
      : []
  const all = await whole()

  expect(new Set(all.map((one) => one.name.split('.')[0]))).toEqual(new Set(['identity', 'fleet', 'delivery', 'portal']))
  expect(all.flatMap((one) => keysOf(one.body)).filter((key) => secret.test(key))).toEqual([])
  for (const token of [customer.member.token, customer.agent.headers.authorization.slice(7)])
    expect(JSON.stringify(all)).not.toContain(token)
})

test('each hour says how much happened and how much failed, of all or of one customer', async () => {
  const alone = await openFairwayForTest()
  const staff = await aStaff(alone)
  const organisation = await anOrganisation(alone)
  const member = await aMember(alone, organisation.id)
  const from = new Date(alone.clock.now().getTime() + 30 * 60_000)
  alone.clock.advance(30 * 60_000 + 1000)
  const post = (url: string, who: { headers: Headers }, payload: object = {}) =>
    send<{ id: string }>(alone, who.headers, { method: 'POST', url, payload })
  const { id } = await post('/api/v1/inquiries', member, { kind: 'question', title: 'a', text: 'b' })
  await post(`/api/v1/inquiries/${id}/solved`, member)
  alone.clock.advance(2 * HOUR)
  await post(`/api/v1/inquiries/${id}/reopen`, member)
  await anOrganisation(alone)
  const hours = async (query = '') => {
    const to = new Date(from.getTime() + 4 * HOUR).toISOString()
    const url = `/api/v1/timeline/hours?from=${from.toISOString()}&to=${to}${query}`
    const answer = await send<{ hours: { at: string; total: number; failed: number }[] }>(alone, staff.headers, {
      method: 'GET',
      url,
    })
    return answer.hours
  }

  const all = await hours()
  expect(all.map(({ total, failed }) => [total, failed])).toEqual([
    [2, 0],
    [0, 0],
    [2, 1],
    [0, 0],
  ])
  expect(all[0]?.at).toBe(from.toISOString())
  expect((await hours(`&organisationId=${organisation.id}`)).map(({ total }) => total)).toEqual([2, 0, 1, 0])
})

test.each([
  ['from=2026-11-23T00:00:00Z&to=2026-11-23T00:00:00Z', 'timeline.range_wrong'],
  ['from=2026-11-24T00:00:00Z&to=2026-11-23T00:00:00Z', 'timeline.range_wrong'],
  ['from=2026-10-01T00:00:00Z&to=2026-11-01T00:00:00.001Z', 'timeline.range_too_long'],
])('the hours of %s are refused', async (query, code) => {
  const answer = await fairway.http.inject({ method: 'GET', url: `/api/v1/timeline/hours?${query}`, headers })

  expect([answer.statusCode, answer.json().code]).toEqual([422, code])
})
