// The story of a rollout's page: what it says while installations report, when it halts, and afterwards.
import type { Static } from 'typebox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '#platform/ids'
import { aSpokenAgent } from '#testing/agents'
import { openFairway, type TestFairway } from '#testing/open-fairway'
import { aMember, anOrganisation, aStaff } from '#testing/people'
import { aProduct, aRelease, aRollout, send } from '#testing/releases'
import type { FailurePage, RolloutDetails, RolloutPage } from './rollout-schemas.ts'

type Details = Static<typeof RolloutDetails>

let fairway: TestFairway
let vendor: Awaited<ReturnType<typeof aStaff>>
beforeAll(async () => {
  fairway = await openFairway()
  vendor = await aStaff(fairway, ['administrator'])
})
afterAll(() => fairway.close())

const get = <Answer>(path: string) => send<Answer>(fairway, vendor.headers, { method: 'GET', url: `/api/v1/${path}` })
const detailsOf = (id: string) => get<Details>(`rollouts/${id}`)

async function until(isSo: () => Promise<boolean>) {
  for (let round = 0; round < 200; round++) {
    if (await isSo()) return
    await fairway.settle()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('It did not come to be so.')
}

/** 1.0.0 runs everywhere, and 1.1.0 begins to roll out: to two of eight first. */
async function aStartedRollout() {
  const productId = newId('p').replace('_', '-')
  const organisation = await anOrganisation(fairway)
  await aProduct(fairway, vendor.headers, { id: productId })
  await send(fairway, vendor.headers, {
    method: 'PUT',
    url: `/api/v1/organisations/${organisation.id}/entitlements/${productId}/stable`,
  })
  const first = await aRelease(fairway, vendor.headers, { productId, version: '1.0.0' })
  const all = await aRollout(fairway, vendor.headers, { releaseId: first.id, steps: [{ percent: 100, bakeSeconds: 0 }] })
  await until(async () => (await detailsOf(all.id)).state === 'complete')
  const agents = await Promise.all(
    Array.from({ length: 8 }, () => aSpokenAgent(fairway, { organisationId: organisation.id, productId })),
  )
  for (const agent of agents) await until(async () => (await agent.update()).decision === 'current')
  const next = await aRelease(fairway, vendor.headers, { productId, version: '1.1.0' })
  const steps = [
    { percent: 25, bakeSeconds: 600 },
    { percent: 100, bakeSeconds: 60 },
  ]
  const { id } = await aRollout(fairway, vendor.headers, { releaseId: next.id, steps })
  const whoIsOffered = async () => {
    const answers = await Promise.all(agents.map((agent) => agent.checkIn()))
    return agents.filter((_, index) => answers[index]?.decision === 'update')
  }
  return { id, productId, organisation, agents, next, whoIsOffered }
}

test('it says who started it, what the judge waits for, what comes next, and how far each step is', async () => {
  const { id, productId, whoIsOffered } = await aStartedRollout()
  const { person } = vendor
  await until(async () => (await detailsOf(id)).verdict.code === 'no_reports_yet')
  const before = await detailsOf(id)
  await until(async () => (await whoIsOffered()).length === 2)
  await until(async () => (await detailsOf(id)).verdict.values.pending === 2)
  const offered = await detailsOf(id)
  for (const agent of await whoIsOffered()) await agent.update()
  const proving = await detailsOf(id)
  // Lists say what was judged last; each report has it judged anew.
  const listed = async () => (await get<Static<typeof RolloutPage>>(`rollouts?productId=${productId}`)).items[0]
  await until(async () => (await listed())?.tally.healthy === 2)

  expect(before).toMatchObject({
    product: { id: productId, name: productId },
    startedBy: { id: person.id, name: person.name },
    endedBy: null,
    verdict: { kind: 'wait', values: { of: 2 } },
    next: { at: null, code: 'first_report' },
    limits: { minFailed: 2, maxFailedShare: 0.2, smallStep: 5 },
    steps: [
      { size: 2, expectedSize: null, tally: { healthy: 0, updating: 0, waiting: 2, silent: 0, failed: 0 } },
      { size: null, expectedSize: 6, tally: null },
    ],
  })
  expect(offered).toMatchObject({
    verdict: { kind: 'wait', values: { pending: 2 }, text: '2 installations are still updating.' },
    next: { at: expect.stringMatching(/Z$/), code: 'silence_counts' },
    steps: [{ tally: { updating: 2, waiting: 0 } }, {}],
  })
  expect(proving).toMatchObject({
    verdict: { kind: 'wait', code: 'baking' },
    next: { at: proving.verdict.values.until, code: 'next_step', values: { step: 2, percent: 100 } },
    steps: [{ tally: { healthy: 2 } }, { expectedSize: 6 }],
  })
  expect(await listed()).toMatchObject({ id, product: { name: productId }, tally: { members: 2, healthy: 2, failed: 0 } })
})

test('when it has halted by itself it says why, lists who failed and why, and who is healthy with it keeps it', async () => {
  const { id, organisation, agents, whoIsOffered, next } = await aStartedRollout()
  await until(async () => (await whoIsOffered()).length === 2)
  const [first, second] = await whoIsOffered()
  await first?.update('failed')
  await second?.update()
  fairway.clock.advance(601_000)
  await until(async () => (await whoIsOffered()).length > 1)
  // One more is enough, and no other may fail before it is judged.
  const [bad] = await whoIsOffered()
  await bad?.update('failed')
  await until(async () => (await detailsOf(id)).state === 'halted')

  const halted = await detailsOf(id)
  const failures = await get<Static<typeof FailurePage>>(`rollouts/${id}/failures`)
  const kept = await second?.checkIn()

  expect(halted).toMatchObject({
    endedBy: null,
    verdict: { kind: 'ended', code: 'too_many_failed', values: { failed: 2, reported: 3 }, text: halted.because },
    next: { at: null, code: 'nothing' },
    steps: [{ tally: { healthy: 1, failed: 1 } }, { tally: { healthy: 0, failed: 1 } }],
  })
  expect(failures.items).toHaveLength(halted.steps.reduce((sum, { tally }) => sum + (tally?.failed ?? 0), 0))
  expect(failures.items.at(-1)).toMatchObject({
    installation: { id: first?.installation.id, name: first?.installation.name },
    organisation: { id: organisation.id, name: organisation.name },
    step: 1,
    kind: 'rolled_back',
    runsNow: '1.0.0',
  })
  expect(failures.items[0]?.at ?? '').toBeTruthy()
  // A halt stops what has not happened; nobody is sent back by it.
  expect(kept?.decision).toBe('current')
  expect(second?.runs).toMatchObject({ releaseId: next.id, version: '1.1.0' })
  expect(agents.filter(({ runs }) => runs.version === '1.1.0')).toHaveLength(1)
})

test('paused or halted by a person, it says by whom and in whose words', async () => {
  const { id } = await aStartedRollout()
  const operator = await aStaff(fairway, ['operator'])
  const steer = (verb: string, reason: string) =>
    send<Details>(fairway, operator.headers, { method: 'POST', url: `/api/v1/rollouts/${id}/${verb}`, payload: { reason } })

  expect(await steer('pause', 'Lunch.')).toMatchObject({
    verdict: { kind: 'wait', code: 'paused', text: 'Lunch.' },
    next: { at: null, code: 'resume' },
  })
  expect(await steer('halt', 'It loses receipts.')).toMatchObject({
    endedBy: { id: operator.person.id, name: operator.person.name },
    verdict: { kind: 'ended', code: 'halted_by_person', text: 'It loses receipts.' },
    next: { code: 'nothing' },
  })
})

test('of a release that is withdrawn it says so', async () => {
  const { id, next } = await aStartedRollout()
  await send(fairway, vendor.headers, {
    method: 'POST',
    url: `/api/v1/releases/${next.id}/withdraw`,
    payload: { reason: 'It loses receipts.' },
  })

  expect(await detailsOf(id)).toMatchObject({
    state: 'halted',
    endedBy: { id: vendor.person.id },
    verdict: { kind: 'ended', code: 'release_withdrawn' },
  })
})

test('one that an older Fairway halted is shown with its sentence', async () => {
  const { id } = await aStartedRollout()
  await send(fairway, vendor.headers, { method: 'POST', url: `/api/v1/rollouts/${id}/halt`, payload: { reason: 'Then.' } })
  await fairway.db.updateTable('delivery.rollout').set({ reason: null, ended_by: null }).where('id', '=', id).execute()

  expect(await detailsOf(id)).toMatchObject({ endedBy: null, verdict: { kind: 'ended', code: 'unrecorded', text: 'Then.' } })
})

test('a rollout is started with a release and a channel alone, by the defaults that a form shows', async () => {
  const productId = newId('p').replace('_', '-')
  await aProduct(fairway, vendor.headers, { id: productId })
  const release = await aRelease(fairway, vendor.headers, { productId, version: '1.0.0' })

  const defaults = await get<object>('rollout-defaults')
  const started = await send<Details>(fairway, vendor.headers, {
    method: 'POST',
    url: '/api/v1/rollouts',
    payload: { releaseId: release.id, channel: 'stable' },
  })

  expect(started.steps.map(({ percent, bakeSeconds }) => ({ percent, bakeSeconds }))).toEqual(
    [5, 25, 50, 100].map((percent) => ({ percent, bakeSeconds: 3600 })),
  )
  expect(defaults).toEqual({
    steps: started.steps.map(({ percent, bakeSeconds }) => ({ percent, bakeSeconds })),
    silentAfterSeconds: started.silentAfterSeconds,
    limits: started.limits,
  })
})

test('customers are told of none of it', async () => {
  const { id, organisation } = await aStartedRollout()
  const { headers } = await aMember(fairway, organisation.id, 'manager')

  const answers = await Promise.all(
    [`rollouts/${id}`, `rollouts/${id}/failures`, 'rollouts/ro_none/failures', 'rollout-defaults'].map((path) =>
      fairway.http.inject({ url: `/api/v1/${path}`, headers }),
    ),
  )

  expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 403])
})
