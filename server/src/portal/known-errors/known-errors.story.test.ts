// The story of known errors: who writes them, and what customers see of them.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff } from '#testing/people'
import { aProduct, aRelease, call, type Method, must, type Somebody } from '../testing/calls.ts'

let fairway: TestFairway
let administrator: Awaited<ReturnType<typeof aStaff>>

beforeAll(async () => {
  fairway = await openFairway()
  administrator = await aStaff(fairway)
})
afterAll(() => fairway.close())

const ask = (who: Somebody, ...request: [Method, string, object?]) => call(fairway, who, request)

async function aCustomerWithProduct() {
  const organisation = await anOrganisation(fairway)
  const productId = await aProduct(fairway, administrator, organisation.id)
  return { productId, ...(await aMember(fairway, organisation.id)) }
}

test('a developer writes a known error; entitled customers see it without its cause, others not at all', async () => {
  const [customer, stranger] = [await aCustomerWithProduct(), await aCustomerWithProduct()]
  const developer = await aStaff(fairway, ['developer'])
  const wish = {
    productId: customer.productId,
    title: 'Receipts are not printed',
    affectedVersions: '>=1.0.0 <1.1.1',
    description: 'After an update the printer is gone.',
    workaround: 'Restart the till.',
    cause: 'A handle is never closed.',
  }

  const created = await must(fairway, developer, ['POST', '/api/v1/known-errors', wish])
  const seen = await must(fairway, customer, ['GET', `/api/v1/known-errors/${created.id}`])

  expect(created).toMatchObject({ view: 'staff', ...wish, state: 'open', fixedIn: [], createdBy: { id: developer.person.id } })
  expect(created.id).toMatch(/^KE-\d{3,}$/)
  const { cause: _cause, ...shown } = wish
  expect(seen).toMatchObject({ view: 'customer', ...shown })
  expect(Object.keys(seen)).not.toEqual(expect.arrayContaining(['cause']))
  expect((await ask(stranger, 'GET', `/api/v1/known-errors/${created.id}`)).status).toBe(404)
  expect((await must(fairway, stranger, ['GET', '/api/v1/known-errors'])).items).toEqual([])
  expect((await must(fairway, stranger, ['GET', `/api/v1/known-errors?productId=${customer.productId}`])).items).toEqual([])
})

test('a draft is for staff alone', async () => {
  const customer = await aCustomerWithProduct()
  const wish = { productId: customer.productId, title: 'Perhaps', affectedVersions: '1.x', state: 'draft' }
  const { id } = await must(fairway, administrator, ['POST', '/api/v1/known-errors', wish])

  expect((await ask(customer, 'GET', `/api/v1/known-errors/${id}`)).status).toBe(404)
  expect((await must(fairway, customer, ['GET', '/api/v1/known-errors'])).items).toEqual([])
  await must(fairway, administrator, ['PATCH', `/api/v1/known-errors/${id}`, { state: 'open' }])
  expect((await ask(customer, 'GET', `/api/v1/known-errors/${id}`)).status).toBe(200)
})

test('it says in which versions it is fixed, until they are withdrawn', async () => {
  const customer = await aCustomerWithProduct()
  const { productId } = customer
  const { id } = await must(fairway, administrator, [
    'POST',
    '/api/v1/known-errors',
    { productId, title: 'a', affectedVersions: '<1.1.1' },
  ])
  const fixedIn = async () => (await must(fairway, customer, ['GET', `/api/v1/known-errors/${id}`])).fixedIn

  const release = await aRelease(fairway, administrator, { productId, version: '1.1.1', fixes: [id] })
  expect(await fixedIn()).toEqual(['1.1.1'])
  await must(fairway, administrator, ['POST', `/api/v1/releases/${release.id}/withdraw`, { reason: 'It does not start.' }])
  expect(await fixedIn()).toEqual([])
})

test.each([[''], ['   '], ['not a range'], ['>=1.0.0 <'], ['x'.repeat(201)]])(
  'the range %j is refused',
  async (affectedVersions) => {
    const { productId } = await aCustomerWithProduct()

    const answer = await ask(administrator, 'POST', '/api/v1/known-errors', { productId, title: 'a', affectedVersions })

    expect(answer.status).toBe(422)
    expect(answer.body.errors[0].pointer).toBe('/affectedVersions')
  },
)

test('customers, viewers and operators write none; customers learn nothing from trying', async () => {
  const customer = await aCustomerWithProduct()
  const wish = { productId: customer.productId, title: 'a', affectedVersions: '1.x' }
  const { id } = await must(fairway, administrator, ['POST', '/api/v1/known-errors', wish])

  for (const role of ['operator', 'viewer'] as const)
    expect((await ask(await aStaff(fairway, [role]), 'POST', '/api/v1/known-errors', wish)).status).toBe(403)
  expect((await ask(customer, 'POST', '/api/v1/known-errors', wish)).status).toBe(403)
  expect((await ask(customer, 'PATCH', `/api/v1/known-errors/${id}`, { title: 'b' })).status).toBe(404)
  expect((await ask(administrator, 'POST', '/api/v1/known-errors', { ...wish, productId: 'no-such' })).body.code).toBe(
    'product.unknown',
  )
  expect((await ask(administrator, 'PATCH', '/api/v1/known-errors/KE-999999', { title: 'b' })).status).toBe(404)
})

test('the list is paged, newest first', async () => {
  const { productId } = await aCustomerWithProduct()
  const ids: string[] = []
  for (let count = 0; count < 3; count++)
    ids.unshift(
      (await must(fairway, administrator, ['POST', '/api/v1/known-errors', { productId, title: 'a', affectedVersions: '1.x' }]))
        .id,
    )

  const first = await must(fairway, administrator, ['GET', `/api/v1/known-errors?productId=${productId}&limit=2`])
  const second = await must(fairway, administrator, [
    'GET',
    `/api/v1/known-errors?productId=${productId}&limit=2&after=${first.next}`,
  ])

  expect([...first.items, ...second.items].map((one: { id: string }) => one.id)).toEqual(ids)
  expect(second.next).toBeNull()
})
