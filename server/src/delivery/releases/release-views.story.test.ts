// The story of who is shown what of releases and products: staff also who made it and how far it has come.
import type { Static } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/ids'
import { aSpokenAgent } from '#testing/agents'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff } from '#testing/people'
import { aDraft, aProduct, aRelease, aRollout, send } from '#testing/releases'
import type { ProductPage } from '../products/product-schemas.ts'
import type { ReleaseDetails, ReleasePage } from './release-schemas.ts'

let fairway: TestFairway
let author: Awaited<ReturnType<typeof aStaff>>
let publisher: Awaited<ReturnType<typeof aStaff>>
beforeAll(async () => {
  fairway = await openFairway()
  author = await aStaff(fairway, ['administrator'])
  publisher = await aStaff(fairway, ['developer'])
})
afterAll(() => fairway.close())

const get = <Answer>(headers: Record<string, string>, path: string) =>
  send<Answer>(fairway, headers, { method: 'GET', url: `/api/v1/${path}` })

async function until(isSo: () => Promise<boolean>) {
  for (let round = 0; round < 200; round++) {
    if (await isSo()) return
    await fairway.settle()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('It did not come to be so.')
}

/** A product whose stable channel a customer is entitled to. */
async function aCustomersProduct() {
  const productId = newId('p').replace('_', '-')
  const organisation = await anOrganisation(fairway)
  const member = (await aMember(fairway, organisation.id)).headers
  await send(fairway, author.headers, { method: 'POST', url: '/api/v1/products', payload: { id: productId, name: 'Quayline' } })
  const url = `/api/v1/organisations/${organisation.id}/entitlements/${productId}/stable`
  await send(fairway, author.headers, { method: 'PUT', url })
  return { productId, organisation, member }
}

test('staff see who drafted and who published it, and how many run it', async () => {
  const { productId, organisation } = await aCustomersProduct()
  const draft = await aDraft(fairway, author.headers, { productId, version: '1.0.0' })
  const url = `/api/v1/releases/${draft.id}`

  const drafted = await get<Static<typeof ReleaseDetails>>(author.headers, `releases/${draft.id}`)
  await send(fairway, publisher.headers, { method: 'POST', url: `${url}/publish` })
  await aRollout(fairway, author.headers, { releaseId: draft.id, steps: [{ percent: 100, bakeSeconds: 0 }] })
  const agents = await Promise.all([1, 2, 3].map(() => aSpokenAgent(fairway, { organisationId: organisation.id, productId })))
  await until(async () => (await agents[0]?.update())?.decision === 'current')
  const details = () => get<{ adoption: object }>(author.headers, `releases/${draft.id}`)
  await until(async () => JSON.stringify((await details()).adoption) === '{"running":1,"of":3}')

  const person = ({ id, name }: { id: string; name: string }) => ({ id, name })
  expect(drafted).toMatchObject({ createdBy: person(author.person), publishedBy: null, adoption: null, sequence: null })
  expect(await details()).toMatchObject({
    product: { id: productId, name: 'Quayline' },
    createdBy: person(author.person),
    publishedBy: person(publisher.person),
    sequence: 1,
  })
  expect((await get<Static<typeof ReleasePage>>(author.headers, `releases?productId=${productId}`)).items).toMatchObject([
    { id: draft.id, createdBy: person(author.person), publishedBy: person(publisher.person) },
  ])
})

test('customers see what was rolled out to them, newest first by publication, without what is ours', async () => {
  const { productId, member } = await aCustomersProduct()
  const late = await aDraft(fairway, author.headers, { productId, version: '1.1.0' })
  const early = await aRelease(fairway, author.headers, { productId, version: '1.0.0' })
  await send(fairway, author.headers, { method: 'POST', url: `/api/v1/releases/${late.id}/publish` })
  for (const { id } of [early, late]) {
    const rollout = await aRollout(fairway, author.headers, { releaseId: id })
    const url = `/api/v1/rollouts/${rollout.id}/halt`
    await send(fairway, author.headers, { method: 'POST', url, payload: { reason: 'Enough.' } })
  }
  await aRelease(fairway, author.headers, { productId, version: '1.2.0' })
  await aDraft(fairway, author.headers, { productId, version: '1.3.0' })

  const list = (headers: Record<string, string>, query = '') =>
    get<Static<typeof ReleasePage>>(headers, `releases?productId=${productId}${query}`)
  const seen = await list(member)
  const first = await list(member, '&limit=1')
  const second = await list(member, `&limit=1&after=${first.next}`)

  expect(seen.items.map(({ version }) => version)).toEqual(['1.1.0', '1.0.0'])
  expect([...first.items, ...second.items]).toEqual(seen.items)
  expect(second.next).toBeNull()
  const one = await get<object>(member, `releases/${late.id}`)
  expect(one).toEqual(seen.items[0])
  expect(one).toMatchObject({ product: { name: 'Quayline' }, notes: '', fixes: [] })
  for (const ours of ['sequence', 'createdBy', 'publishedBy', 'adoption', 'manifest']) expect(one).not.toHaveProperty(ours)
  expect((await list(author.headers)).items.map(({ version }) => version)).toEqual(['1.3.0', '1.2.0', '1.1.0', '1.0.0'])
})

test('customers see the names of their products, and only the channels that are theirs', async () => {
  const { productId, member } = await aCustomersProduct()
  await aProduct(fairway, author.headers, { id: newId('p').replace('_', '-') })

  const { items } = await get<Static<typeof ProductPage>>(member, 'products')

  expect(items).toMatchObject([{ id: productId, name: 'Quayline', channels: [{ name: 'stable' }] }])
})
