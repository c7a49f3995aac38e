// The story of a release that everybody is sent back from, by an order that the keys of its channel have signed.
import { manifestOfTarget, type TargetsDocument, type TufEnvelope } from '@fairway/trust'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/ids'
import { aSpokenAgent, type SpokenAgent } from '#testing/agents'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { anOrganisation, aStaff } from '#testing/people'
import { aProduct, aRelease, aRollout, send } from '#testing/releases'

let fairway: TestFairway
let vendor: Record<string, string>
beforeAll(async () => {
  fairway = await openFairway()
  vendor = (await aStaff(fairway, ['administrator'])).headers
})
afterAll(() => fairway.close())

interface RolledBack {
  state: string
  goesBackTo: string | null
  rollback: { toVersion: string; remaining: number } | null
}
const ALL_AT_ONCE = [{ percent: 100, bakeSeconds: 0 }]
const HALF_FIRST = [{ percent: 50, bakeSeconds: 3600 }, ...ALL_AT_ONCE]
const show = (id: string) => send<RolledBack>(fairway, vendor, { method: 'GET', url: `/api/v1/rollouts/${id}` })
const rollBack = (id: string) =>
  send<RolledBack>(fairway, vendor, {
    method: 'POST',
    url: `/api/v1/rollouts/${id}/roll-back`,
    payload: { reason: 'It eats receipts.' },
  })

async function until(isSo: () => Promise<boolean>) {
  for (let round = 0; round < 200; round++) {
    if (await isSo()) return
    await fairway.settle()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('It did not come to be so.')
}

const runs = (agents: SpokenAgent[], version: string) => agents.filter((agent) => agent.runs.version === version)

/** Four installations on 1.0.0; 1.1.0 has reached two of them, healthy, or all where it went to all at once. */
async function aHalfWayRollout(steps = HALF_FIRST, reached = 2) {
  const productId = newId('p').replace('_', '-')
  const organisation = await anOrganisation(fairway)
  await aProduct(fairway, vendor, { id: productId, isPublic: true })
  await send(fairway, vendor, { method: 'PUT', url: `/api/v1/organisations/${organisation.id}/entitlements/${productId}/stable` })
  const first = await aRelease(fairway, vendor, { productId, version: '1.0.0' })
  const completed = await aRollout(fairway, vendor, { releaseId: first.id, steps: ALL_AT_ONCE })
  await until(async () => (await show(completed.id)).state === 'complete')
  const agents = await Promise.all(
    Array.from({ length: 4 }, () => aSpokenAgent(fairway, { organisationId: organisation.id, productId })),
  )
  for (const agent of agents) await until(async () => (await agent.update()).decision === 'current')
  const bad = await aRelease(fairway, vendor, { productId, version: '1.1.0' })
  const { id } = await aRollout(fairway, vendor, { releaseId: bad.id, steps })
  await until(async () => {
    for (const agent of agents) await agent.update()
    return runs(agents, '1.1.0').length === reached
  })
  return { productId, agents, first, bad, rolloutId: id, completedId: completed.id }
}

async function channelTargets(productId: string) {
  const { repositories } = await fairway.delivery.readSnapshot()
  const files = repositories.find((one) => one.productId === productId)?.files ?? new Map<string, string>()
  const [, body = ''] = [...files].find(([name]) => name.includes('channel-stable')) ?? []
  return Object.values((JSON.parse(body) as TufEnvelope<TargetsDocument>).signed.targets).map(manifestOfTarget)
}

test('one action halts it and sends back who runs it; who could not check the order keeps it', async () => {
  const { productId, agents, first, bad, rolloutId } = await aHalfWayRollout()
  const [verifies, older] = runs(agents, '1.1.0')
  if (verifies) verifies.runs.trust = 2
  expect(await show(rolloutId)).toMatchObject({ state: 'running', goesBackTo: '1.0.0', rollback: null })

  expect(await rollBack(rolloutId)).toMatchObject({ state: 'halted', rollback: { toVersion: '1.0.0', remaining: 2 } })

  await until(async () => (await verifies?.checkIn())?.decision === 'update')
  const answer = await verifies?.checkIn()
  expect(answer?.artifact?.sha256).toBe(first.artifacts[0]?.sha256)
  expect(answer?.direction).toMatchObject({ signed: { targets: { [`stable/1.0.0/${first.artifacts[0]?.name}`]: {} } } })
  expect((await older?.checkIn())?.decision).toBe('current')
  const signed = await channelTargets(productId)
  expect(signed.find((one) => one?.manifest.version === '1.0.0')?.replaces).toEqual([bad.id])
  expect(signed.find((one) => one?.manifest.version === '1.1.0')?.replaces).toEqual([])
  await verifies?.update()
  await until(async () => (await show(rolloutId)).rollback?.remaining === 1)
})

test('a completed release can be sent back from, too; new installations get the one before, and nobody starts it again', async () => {
  const { productId, agents, rolloutId, bad } = await aHalfWayRollout(ALL_AT_ONCE, 4)
  for (const agent of agents) agent.runs.trust = 2
  await until(async () => (await show(rolloutId)).state === 'complete')

  expect(await rollBack(rolloutId)).toMatchObject({ state: 'complete', rollback: { toVersion: '1.0.0', remaining: 4 } })

  await until(async () => {
    for (const agent of agents) await agent.update()
    return runs(agents, '1.0.0').length === 4
  })
  expect((await show(rolloutId)).rollback?.remaining).toBe(0)
  const organisationId = agents[0]?.installation.organisationId ?? ''
  const newcomer = await aSpokenAgent(fairway, { organisationId, productId })
  await until(async () => (await newcomer.update()).decision === 'current')
  expect(newcomer.runs.version).toBe('1.0.0')
  const payload = { releaseId: bad.id, channel: 'stable' }
  const again = await fairway.http.inject({ method: 'POST', url: '/api/v1/rollouts', headers: vendor, payload })
  expect([again.statusCode, again.json<{ code: string }>().code]).toEqual([409, 'rollout.release_was_sent_back'])
})

test('the order can be taken back, and is not given twice, nor where there is nothing to go back to', async () => {
  const { productId, rolloutId, completedId } = await aHalfWayRollout()
  const ask = async (method: 'POST' | 'DELETE', id: string) => {
    const payload = method === 'POST' ? { reason: 'No reason.' } : undefined
    const answer = await fairway.http.inject({
      method,
      url: `/api/v1/rollouts/${id}/roll-back`,
      headers: vendor,
      ...(payload ? { payload } : {}),
    })
    return answer.json<{ code?: string; state?: string }>()
  }
  expect((await ask('DELETE', rolloutId)).code).toBe('rollout.not_rolled_back')
  expect((await ask('POST', rolloutId)).state).toBe('halted')
  expect((await ask('POST', rolloutId)).code).toBe('rollout.rolled_back_already')

  expect((await ask('DELETE', rolloutId)).state).toBe('halted')

  expect((await channelTargets(productId)).flatMap((one) => one?.replaces)).toEqual([])
  expect((await ask('POST', completedId)).code).toBe('rollout.nothing_before')
})
