// The story of whom a known error concerns: customers see their own installations, staff how far it reaches and who waits.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFairway } from '#testing/open-fairway'
import { anInstallation } from '#testing/installations'
import { aMember, anOrganisation } from '#testing/people'
import { aProduct, aRelease, call, must, type Somebody } from '../testing/calls.ts'
import { aStage, aStory, link, type Stage, tells } from '../testing/closing-story.ts'

let stage: Stage
beforeAll(async () => {
  stage = await aStage(await openFairway())
})
afterAll(() => stage.fairway.close())

const get = (who: Somebody, url: string) => must(stage.fairway, who, ['GET', url])
const idsOf = (page: { items: { id: string }[] }) => page.items.map((one) => one.id)

async function anError(productId: string, wish: object = {}): Promise<string> {
  const body = { productId, title: 'a', affectedVersions: '<1.1.1', ...wish }
  return (await must(stage.fairway, stage.staff, ['POST', '/api/v1/known-errors', body])).id
}

test('a customer sees which of the own installations have it, until they run the fix', async () => {
  const { fairway, staff } = stage
  const story = await aStory(stage, { names: ['till-1', 'till-2'] })
  const [first, second] = story.tills
  const affects = async (): Promise<object[]> => (await get(story.customer, `/api/v1/known-errors/${story.errorId}`)).affects

  const both = await affects()
  await aRelease(fairway, staff, { productId: story.productId, version: '1.1.1', fixes: [story.errorId] })
  if (first) await tells(fairway, first, { version: '1.1.1' })

  expect(both).toHaveLength(2)
  expect(await affects()).toEqual([{ installationId: second?.installation.id, name: 'till-2', version: '1.0.0' }])
})

test('a customer can list only those that affect the own fleet; pages are full', async () => {
  const { fairway, staff } = stage
  const story = await aStory(stage)
  const other = await aProduct(fairway, staff, story.organisation.id)
  const ids = [story.errorId]
  for (let count = 0; count < 3; count++) {
    await anError(story.productId, { affectedVersions: '>=2.0.0' })
    ids.unshift(await anError(story.productId))
    await anError(other)
  }

  const first = await get(story.customer, '/api/v1/known-errors?affectsMe=true&limit=3')
  const second = await get(story.customer, `/api/v1/known-errors?affectsMe=true&limit=3&after=${first.next}`)

  expect([idsOf(first), idsOf(second), second.next]).toEqual([ids.slice(0, 3), ids.slice(3), null])
  expect(idsOf(await get(story.customer, '/api/v1/known-errors?affectsMe=false&limit=100'))).toHaveLength(10)
  expect((await call(fairway, staff, ['GET', '/api/v1/known-errors?affectsMe=true'])).body.code).toBe(
    'known_error.filter_not_yours',
  )
})

test('one without installations is affected by nothing, and never by those of others', async () => {
  const { fairway, staff } = stage
  const story = await aStory(stage)
  const neighbour = await anOrganisation(fairway)
  await must(fairway, staff, ['PUT', `/api/v1/organisations/${neighbour.id}/entitlements/${story.productId}/stable`])
  const stranger = await aMember(fairway, neighbour.id)

  expect(await get(stranger, '/api/v1/known-errors?affectsMe=true')).toEqual({ items: [], next: null })
  expect((await get(stranger, `/api/v1/known-errors/${story.errorId}`)).affects).toEqual([])
})

test('staff see how far it reaches, and which inquiries close by themselves', async () => {
  const { fairway, staff } = stage
  const story = await aStory(stage, { names: ['a', 'b', 'c'] })
  await link(stage, story)
  const neighbour = await anOrganisation(fairway)
  const till = await anInstallation(fairway, { organisationId: neighbour.id, productId: story.productId, name: 'd' })
  await tells(fairway, till, { version: '1.0.1' })
  await aRelease(fairway, staff, { productId: story.productId, version: '1.1.1', fixes: [story.errorId] })
  const third = story.tills[2]
  if (third) await tells(fairway, third, { version: '1.1.1' })

  const seen = await get(staff, `/api/v1/known-errors/${story.errorId}`)
  const [listed] = (await get(staff, `/api/v1/known-errors?productId=${story.productId}`)).items

  expect(seen).toMatchObject({
    affected: { installations: 3, organisations: 2 },
    fixedInstallations: 1,
    openInquiryCount: 1,
    openInquiries: [{ id: story.id, title: 'No receipt', organisation: { id: story.organisation.id, name: 'Corner shop' } }],
  })
  const { openInquiries: _inquiries, ...rest } = seen
  expect(listed).toEqual(rest)
})

test('what a person closed or untied waits no more; what nobody can prove never did', async () => {
  const { fairway, staff } = stage
  const story = await aStory(stage)
  await link(stage, story)
  const waiting = async (errorId: string) => (await get(staff, `/api/v1/known-errors/${errorId}`)).openInquiries.length

  expect(await waiting(story.errorId)).toBe(1)
  await must(fairway, staff, ['POST', `/api/v1/inquiries/${story.id}/close`])
  expect(await waiting(story.errorId)).toBe(0)
  const elsewhere = await aStory(stage, { isNamed: false })
  const never = await anError(elsewhere.productId, { affectedVersions: '>=7.0.0' })
  await must(fairway, staff, ['PATCH', `/api/v1/inquiries/${elsewhere.id}`, { knownErrorId: never }])
  await fairway.settle()
  expect(await waiting(never)).toBe(0)
})
