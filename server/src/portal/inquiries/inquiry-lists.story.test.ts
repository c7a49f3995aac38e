// The story of finding inquiries: filters, orders, pages and counts, for staff and for customers.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { anInstallation } from '#testing/installations'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff } from '#testing/people'
import { aProduct, call, must, type Somebody } from '../testing/calls.ts'
import { aClosedStory, aStory, tells } from '../testing/closing-story.ts'

const MINUTE = 60_000
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

type Item = { id: string; [field: string]: unknown }

async function anInquiry(who: Somebody, wish: object = {}): Promise<Item> {
  fairway.clock.advance(MINUTE)
  return must(fairway, who, ['POST', '/api/v1/inquiries', { kind: 'question', title: 'No receipt', text: 'Nothing.', ...wish }])
}

async function list(who: Somebody, query: string): Promise<{ items: Item[]; next: string | null }> {
  return must(fairway, who, ['GET', `/api/v1/inquiries?${query}`])
}

async function idsOf(who: Somebody, query: string) {
  return (await list(who, query)).items.map((one) => one.id)
}

const change = (id: string, body: object) => must(fairway, administrator, ['PATCH', `/api/v1/inquiries/${id}`, body])

async function write(who: Somebody, id: string, body: object = { text: 'And?' }) {
  fairway.clock.advance(MINUTE)
  return must(fairway, who, ['POST', `/api/v1/inquiries/${id}/messages`, body])
}

/** Every page of a list, two items each. */
async function allPages(who: Somebody, query: string) {
  const ids: string[] = []
  for (let after = ''; ;) {
    const page = await list(who, `${query}&limit=2${after}`)
    ids.push(...page.items.map((one) => one.id))
    if (page.next === null) return ids
    after = `&after=${encodeURIComponent(page.next)}`
  }
}

test('found by installation, by part of title or id, and by who handles it', async () => {
  const customer = await aCustomer()
  const of = `organisationId=${customer.organisation.id}`
  const till = await anInstallation(fairway, { organisationId: customer.organisation.id, name: 'till-9' })
  const named = await anInquiry(customer, { title: '100% of receipts', installationIds: [till.installation.id] })
  const other = await anInquiry(customer, { title: 'Drawer_open' })
  const support = await aStaff(fairway, ['support'])
  await change(named.id, { assigneeId: support.person.id })

  expect(await idsOf(support, `installationId=${till.installation.id}`)).toEqual([named.id])
  expect(await idsOf(customer, `installationId=${till.installation.id}`)).toEqual([named.id])
  expect(await idsOf(support, `${of}&q=DRAWER`)).toEqual([other.id])
  expect(await idsOf(customer, `q=${other.id.toLowerCase()}`)).toEqual([other.id])
  expect(await idsOf(support, `${of}&q=0%25`)).toEqual([named.id])
  expect(await idsOf(support, `${of}&q=_`)).toEqual([other.id])
  expect(await idsOf(support, `${of}&q=%5C`)).toEqual([])
  expect(await idsOf(support, `${of}&assigneeId=me`)).toEqual([named.id])
  expect(await idsOf(administrator, `${of}&assigneeId=me`)).toEqual([])
  expect(await idsOf(support, `${of}&assigneeId=none`)).toEqual([other.id])
  expect(await idsOf(administrator, `${of}&assigneeId=${support.person.id}`)).toEqual([named.id])
})

test('who waits longest for us comes first, whoever wrote last; then those who do not wait', async () => {
  const customer = await aCustomer()
  const of = `organisationId=${customer.organisation.id}&sort=waiting`
  const first = await anInquiry(customer)
  const second = await anInquiry(customer)
  const third = await anInquiry(customer)

  await write(customer, first.id)
  expect(await idsOf(administrator, of)).toEqual([first.id, second.id, third.id])
  await write(administrator, first.id)
  expect(await idsOf(administrator, of)).toEqual([second.id, third.id, first.id])
  await write(customer, first.id)
  expect(await idsOf(administrator, of)).toEqual([second.id, third.id, first.id])
  await write(administrator, second.id, { text: 'We look.', status: 'with_us' })
  expect(await idsOf(administrator, of)).toEqual([third.id, first.id, second.id])
  await must(fairway, administrator, ['POST', `/api/v1/inquiries/${third.id}/close`])
  const { items } = await list(administrator, of)
  expect(items.map((one) => one.id)).toEqual([first.id, second.id, third.id])
  expect(items[0]).toMatchObject({ lastMessage: { from: 'member' }, waitsSince: expect.stringMatching(/Z$/) })
  expect(items[2]).toMatchObject({ lastMessage: null, waitsSince: null })
})

test('what changed last comes first; pages of every order give each inquiry once', async () => {
  const customer = await aCustomer()
  const of = `organisationId=${customer.organisation.id}`
  const ids: string[] = []
  for (let count = 0; count < 5; count++) ids.push((await anInquiry(customer)).id)
  const [one = '', two = '', three = '', four = '', five = ''] = ids
  await write(administrator, two)
  await write(customer, one)

  expect(await allPages(administrator, `${of}&sort=changed`)).toEqual([one, two, five, four, three])
  expect(await allPages(customer, 'sort=changed')).toEqual([one, two, five, four, three])
  expect(await allPages(administrator, `${of}&sort=waiting`)).toEqual([one, three, four, five, two])
  expect(await allPages(administrator, of)).toEqual([five, four, three, two, one])
})

test('an inquiry that moves between two pages sends no reader round in circles', async () => {
  const customer = await aCustomer()
  const [old, middle, young] = [await anInquiry(customer), await anInquiry(customer), await anInquiry(customer)]

  const first = await list(customer, 'sort=changed&limit=2')
  await write(customer, middle.id)
  const second = await list(customer, `sort=changed&limit=2&after=${first.next}`)

  expect(first.items.map((one) => one.id)).toEqual([young.id, middle.id])
  expect(second.items.map((one) => one.id)).toEqual([old.id])
})

test.each(['newest', 'changed', 'waiting'])('a place in the order %s that is none is refused', async (sort) => {
  for (const after of ['nonsense', 'x_1', '1_x', '99999999999999999_1', 'never'])
    expect((await call(fairway, administrator, ['GET', `/api/v1/inquiries?sort=${sort}&after=${after}`])).status).toBe(422)
})

test('what is for staff is refused to customers', async () => {
  const customer = await aCustomer()

  for (const query of ['assigneeId=me', 'assigneeId=none', 'sort=waiting', 'knownErrorId=KE-101'])
    expect((await call(fairway, customer, ['GET', `/api/v1/inquiries?${query}`])).body.code).toBe('inquiry.filter_not_yours')
})

test('each names its installations, three at most, and for staff the product', async () => {
  const customer = await aCustomer()
  const productId = await aProduct(fairway, administrator, customer.organisation.id)
  const tills: string[] = []
  for (const name of ['a', 'b', 'c', 'd'])
    tills.push((await anInstallation(fairway, { organisationId: customer.organisation.id, productId, name })).installation.id)
  await anInquiry(customer, { installationIds: tills })

  const [seen] = (await list(customer, '')).items
  const [known] = (await list(administrator, `organisationId=${customer.organisation.id}`)).items

  expect(seen?.installations).toEqual(['a', 'b', 'c'].map((name, at) => ({ id: tills[at], name })))
  expect(seen).not.toHaveProperty('lastMessage')
  expect(known).toMatchObject({ productId, installations: seen?.installations })
})

test('the installation of somebody else finds nothing', async () => {
  const [customer, other] = [await aCustomer(), await aCustomer()]
  const till = await anInstallation(fairway, { organisationId: other.organisation.id })
  await anInquiry(other, { installationIds: [till.installation.id] })

  expect(await idsOf(customer, `installationId=${till.installation.id}`)).toEqual([])
})

test('counts: what is open, whose turn it is, what is mine, and what closed within seven days', async () => {
  const alone = await openFairway()
  try {
    const staff = await aStaff(alone)
    const stage = { fairway: alone, staff }
    const closed = await aClosedStory(stage)
    const stranger = await aMember(alone, (await anOrganisation(alone)).id)
    const ask = (wish: object = {}) =>
      must(alone, closed.customer, ['POST', '/api/v1/inquiries', { kind: 'question', title: 'a', text: 'b', ...wish }])
    const [one, two, three] = [await ask(), await ask(), await ask()]
    await must(alone, staff, ['PATCH', `/api/v1/inquiries/${one.id}`, { assigneeId: staff.person.id, status: 'with_us' }])
    await must(alone, staff, ['POST', `/api/v1/inquiries/${two.id}/messages`, { text: 'Which?' }])
    const counts = (who: Somebody) => must(alone, who, ['GET', '/api/v1/inquiry-counts'])

    expect(await counts(staff)).toEqual({
      view: 'staff',
      new: 1,
      withUs: 1,
      waitsForCustomer: 1,
      open: 3,
      mine: 1,
      unassigned: 2,
      closedByThemselves: 1,
      closed7d: 1,
    })
    expect(await counts(closed.customer)).toEqual({ view: 'customer', waitingForYou: 1, open: 3, solved7d: 1 })
    expect(await counts(stranger)).toEqual({ view: 'customer', waitingForYou: 0, open: 0, solved7d: 0 })
    await must(alone, closed.customer, ['POST', `/api/v1/inquiries/${three.id}/solved`])
    expect(await counts(staff)).toMatchObject({ open: 2, closedByThemselves: 1, closed7d: 2 })
    alone.clock.advance(7 * DAY + MINUTE)
    expect(await counts(staff)).toMatchObject({ open: 2, closedByThemselves: 0, closed7d: 0 })
  } finally {
    await alone.close()
  }
})

test('the known error that a customer may have is suggested to staff, until it is tied', async () => {
  const stage = { fairway, staff: administrator }
  const story = await aStory(stage)
  const unnamed = await aStory(stage, { isNamed: false })
  const open = (id: string) => must(fairway, administrator, ['GET', `/api/v1/inquiries/${id}`])

  const before = await open(story.id)
  expect(before.suggestions).toEqual([
    { knownError: { id: story.errorId, title: 'No receipt', workaround: '' }, reasons: ['version_affected', 'title_alike'] },
  ])
  expect((await open(unnamed.id)).suggestions).toMatchObject([{ knownError: { id: unnamed.errorId } }])
  expect(await must(fairway, story.customer, ['GET', `/api/v1/inquiries/${story.id}`])).not.toHaveProperty('suggestions')
  await change(story.id, { knownErrorId: story.errorId })
  expect((await open(story.id)).suggestions).toEqual([])
  await must(fairway, administrator, ['PATCH', `/api/v1/known-errors/${unnamed.errorId}`, { state: 'draft' }])
  expect((await open(unnamed.id)).suggestions).toEqual([])
})

test('what is asked about again and again is suggested with that reason', async () => {
  const stage = { fairway, staff: administrator }
  const story = await aStory(stage)
  await change(story.id, { knownErrorId: story.errorId })
  await tells(fairway, story.till, { version: '1.0.1' })
  const again = await anInquiry(story.customer, { title: 'Something else', installationIds: [story.till.installation.id] })

  const { suggestions } = await must(fairway, administrator, ['GET', `/api/v1/inquiries/${again.id}`])

  expect(suggestions).toMatchObject([{ knownError: { id: story.errorId }, reasons: ['version_affected', 'asked_lately'] }])
})
