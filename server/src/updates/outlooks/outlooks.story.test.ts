// The story of what people are told about the next version of their installations, and why it is not there yet.
import type { Static } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/ids'
import { aSpokenAgent } from '#testing/agents'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff } from '#testing/people'
import { aProduct, aRelease, aRollout, send } from '#testing/releases'
import type { OutlookList } from './outlook-schemas.ts'

let fairway: TestFairway
let vendor: Record<string, string>
beforeAll(async () => {
  fairway = await openFairway()
  vendor = (await aStaff(fairway, ['administrator'])).headers
})
afterAll(() => fairway.close())

async function outlooks(headers: Record<string, string>, ids: string[]) {
  const url = `/api/v1/outlooks?installationIds=${ids.join(',')}`
  return (await send<Static<typeof OutlookList>>(fairway, headers, { method: 'GET', url })).items
}

async function until(isSo: () => Promise<boolean>) {
  for (let round = 0; round < 200; round++) {
    if (await isSo()) return
    await fairway.settle()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('It did not come to be so.')
}

/** Four installations of one customer run 1.0.0. */
async function aFleet() {
  const productId = newId('p').replace('_', '-')
  const organisation = await anOrganisation(fairway)
  const member = (await aMember(fairway, organisation.id)).headers
  await aProduct(fairway, vendor, { id: productId })
  await send(fairway, vendor, { method: 'PUT', url: `/api/v1/organisations/${organisation.id}/entitlements/${productId}/stable` })
  const first = await aRelease(fairway, vendor, { productId, version: '1.0.0' })
  await aRollout(fairway, vendor, { releaseId: first.id, steps: [{ percent: 100, bakeSeconds: 0 }] })
  const agents = await Promise.all(
    Array.from({ length: 4 }, () => aSpokenAgent(fairway, { organisationId: organisation.id, productId })),
  )
  for (const agent of agents) await until(async () => (await agent.update()).decision === 'current')
  const ids = agents.map(({ installation }) => installation.id)
  await until(async () => (await outlooks(vendor, ids)).every(({ kind }) => kind === 'current'))
  return { productId, organisation, member, agents, ids, first }
}

test('while a rollout runs everybody hears which step is theirs, and how many have it', async () => {
  const { productId, member, agents, ids, first } = await aFleet()
  const before = await outlooks(member, ids)
  const next = await aRelease(fairway, vendor, { productId, version: '1.1.0' })
  const steps = [25, 50, 100].map((percent) => ({ percent, bakeSeconds: 600 }))
  const { id } = await aRollout(fairway, vendor, { releaseId: next.id, steps })
  await until(async () => (await outlooks(member, ids)).some(({ kind }) => kind === 'update'))
  const during = await outlooks(member, ids)
  const chosen = during.find(({ kind }) => kind === 'update')
  await agents.find(({ installation }) => installation.id === chosen?.installationId)?.update()
  await until(async () => (await outlooks(member, ids)).some(({ version, kind }) => version === '1.1.0' && kind === 'current'))
  fairway.clock.advance(11_000)
  const [mine] = await outlooks(member, [chosen?.installationId ?? ''])
  const shownToStaff = await outlooks(vendor, ids)

  expect(before).toEqual(
    ids.map((installationId) => ({
      installationId,
      kind: 'current',
      version: '1.0.0',
      releaseId: first.id,
      code: null,
      text: null,
      rollout: null,
      share: { running: 4, of: 4 },
    })),
  )
  const held = during.filter(({ kind }) => kind === 'held')
  expect(held.map(({ code, version, releaseId }) => [code, version, releaseId])).toEqual(
    held.map(() => ['cohort', '1.1.0', next.id]),
  )
  expect(during.map(({ rollout }) => rollout?.percentHere).toSorted((a, b) => (a ?? 0) - (b ?? 0))).toEqual([25, 50, 100, 100])
  expect(during[0]?.rollout).toEqual({
    state: 'running',
    step: 1,
    steps: 3,
    percentNow: 25,
    percentHere: during[0]?.rollout?.percentHere,
  })
  expect(mine).toMatchObject({ kind: 'current', rollout: { percentHere: 25 }, share: { running: 1, of: 4 } })
  expect(shownToStaff.map(({ rollout }) => rollout)).toEqual(ids.map(() => expect.objectContaining({ id })))
})

test('foreign, unknown and retired ones are absent, and customers see no rollout by its id', async () => {
  const ours = await aFleet()
  const theirs = await aFleet()
  const [foreign = '', kept = '', retired = ''] = [theirs.ids[0], ours.ids[0], ours.ids[1]]
  await send(fairway, vendor, { method: 'POST', url: `/api/v1/installations/${retired}/retire` })

  const asked = [newId('in'), foreign, retired, kept, kept]

  expect((await outlooks(ours.member, asked)).map(({ installationId }) => installationId)).toEqual([kept])
  expect((await outlooks(vendor, asked)).map(({ installationId }) => installationId)).toEqual([foreign, kept])
})

test.each([
  '',
  '?installationIds=',
  '?installationIds=or_1',
  '?installationIds=in_1,',
  `?installationIds=${'in_1,'.repeat(100)}in_1`,
])('a list of ids that is none is refused: %s', async (query) => {
  const answer = await fairway.http.inject({ url: `/api/v1/outlooks${query}`, headers: vendor })

  expect([answer.statusCode, answer.json().code]).toEqual([422, 'request.invalid'])
})
