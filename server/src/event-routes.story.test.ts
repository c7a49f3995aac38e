// The log as people and programs read it.
import { expect, test } from 'vitest'
import { openFairwayForTest } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff } from '#testing/people'
import { aProduct, aRelease, send } from '#testing/releases'

interface Page {
  items: { type: string; subject: string; id: string; specversion: string; source: string; data: object }[]
  next: string | null
}

test('staff read what happened as CloudEvents, page by page, or of one thing; customers do not', async () => {
  const fairway = await openFairwayForTest()
  const { headers } = await aStaff(fairway, ['administrator'])
  const member = await aMember(fairway, (await anOrganisation(fairway)).id)
  await aProduct(fairway, headers, { id: 'till' })
  const release = await aRelease(fairway, headers, { productId: 'till', version: '1.0.0' })
  const read = (query: string) => send<Page>(fairway, headers, { method: 'GET', url: `/api/v1/events${query}` })

  const whole = await read('?limit=100')
  const first = await read('?limit=2')
  const second = await read(`?limit=100&after=${first.next}`)
  const ofRelease = await read(`?subject=${release.id}`)
  const refused = await fairway.http.inject({ method: 'GET', url: '/api/v1/events', headers: member.headers })

  expect([...first.items, ...second.items]).toEqual(whole.items)
  expect(ofRelease.items.map(({ type }) => type)).toEqual([
    'dev.fairway.delivery.release_drafted',
    'dev.fairway.delivery.artifact_added',
    'dev.fairway.delivery.release_published',
  ])
  expect(ofRelease.items[2]).toMatchObject({
    specversion: '1.0',
    source: 'http://localhost:4600',
    subject: release.id,
    data: { version: '1.0.0', productId: 'till' },
  })
  expect(refused.statusCode).toBe(403)
})
