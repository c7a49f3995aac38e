// The story of a rollout, told by installations that speak the agent protocol, against the whole Fairway.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
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

const ALL_AT_ONCE = [{ percent: 100, bakeSeconds: 0 }]
const rolloutOf = (id: string) =>
  send<{ state: string; because: string; step: number; tally: Record<string, number> }>(fairway, vendor, {
    method: 'GET',
    url: `/api/v1/rollouts/${id}`,
  })

/** A product with 1.0.0 on its stable channel, and installations that run it. */
async function aFleet(count: number) {
  const productId = newId('p').replace('_', '-')
  const organisation = await anOrganisation(fairway)
  await aProduct(fairway, vendor, { id: productId })
  await send(fairway, vendor, { method: 'PUT', url: `/api/v1/organisations/${organisation.id}/entitlements/${productId}/stable` })
  const first = await aRelease(fairway, vendor, { productId, version: '1.0.0' })
  const { id } = await aRollout(fairway, vendor, { releaseId: first.id, steps: ALL_AT_ONCE })
  await until(async () => (await rolloutOf(id)).state === 'complete')
  const agents = await Promise.all(
    Array.from({ length: count }, () => aSpokenAgent(fairway, { organisationId: organisation.id, productId })),
  )
  for (const agent of agents) await until(async () => (await agent.update()).decision === 'current')
  return { productId, organisation, first, agents }
}

/** Background work goes on by itself; this only waits, and gives it a push. */
async function until(isSo: () => Promise<boolean>) {
  for (let round = 0; round < 200; round++) {
    if (await isSo()) return
    await fairway.settle()
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  throw new Error('It did not come to be so.')
}

const whoIsOffered = async (agents: SpokenAgent[]) => {
  const answers = await Promise.all(agents.map((agent) => agent.checkIn()))
  return agents.filter((_, index) => answers[index]?.decision === 'update')
}

describe('a rollout', () => {
  test('goes to a few first, proves itself, and reaches all', async () => {
    const { productId, agents } = await aFleet(10)
    const next = await aRelease(fairway, vendor, { productId, version: '1.1.0' })
    const steps = [{ percent: 25, bakeSeconds: 60 }, ...ALL_AT_ONCE]
    const { id } = await aRollout(fairway, vendor, { releaseId: next.id, steps })
    await until(async () => (await whoIsOffered(agents)).length > 0)

    const few = await whoIsOffered(agents)
    const [held] = agents.filter((agent) => !few.includes(agent))
    const answer = await held?.checkIn()
    for (const agent of few) await agent.update()
    await fairway.settle()
    const proving = await rolloutOf(id)
    fairway.clock.advance(61_000)
    await until(async () => (await whoIsOffered(agents)).length === 7)
    for (const agent of agents) await agent.update()
    await until(async () => (await rolloutOf(id)).state === 'complete')

    expect(few).toHaveLength(3)
    expect(answer).toMatchObject({ decision: 'held', because: { code: 'cohort', text: expect.stringContaining('1.1.0') } })
    expect(proving).toMatchObject({ state: 'running', step: 1, tally: { members: 3, healthy: 3 } })
    expect(agents.map((agent) => agent.runs.version)).toEqual(Array.from({ length: 10 }, () => '1.1.0'))
  })

  test('halts by itself when its first installations fail, is offered no further, and is not offered again where it failed', async () => {
    const { productId, agents } = await aFleet(8)
    const bad = await aRelease(fairway, vendor, { productId, version: '1.1.0' })
    const { id } = await aRollout(fairway, vendor, {
      releaseId: bad.id,
      steps: [{ percent: 25, bakeSeconds: 60 }, ...ALL_AT_ONCE],
    })
    await until(async () => (await whoIsOffered(agents)).length === 2)

    const tried = await whoIsOffered(agents)
    for (const agent of tried) await agent.update('failed')
    await until(async () => (await rolloutOf(id)).state === 'halted')
    const afterwards = await Promise.all(agents.map((agent) => agent.checkIn()))

    expect((await rolloutOf(id)).because).toBe('2 of 2 installations that reported failed.')
    expect(afterwards.map((answer) => answer.decision)).toEqual(Array.from({ length: 8 }, () => 'current'))
    const again = await aRollout(fairway, vendor, { releaseId: bad.id, steps: ALL_AT_ONCE })
    await until(async () => (await tried[0]?.checkIn())?.because?.code === 'refused_here')
    await send(fairway, vendor, { method: 'POST', url: `/api/v1/rollouts/${again.id}/halt`, payload: { reason: 'Enough.' } })
  })

  test('takes silence past the limit for failure', async () => {
    const { productId, agents } = await aFleet(3)
    const next = await aRelease(fairway, vendor, { productId, version: '1.1.0' })
    const { id } = await aRollout(fairway, vendor, { releaseId: next.id, steps: ALL_AT_ONCE, silentAfterSeconds: 600 })

    await until(async () => (await whoIsOffered(agents)).length === 3)
    await until(async () => (await rolloutOf(id)).tally.pending === 3)
    fairway.clock.advance(601_000)
    await until(async () => (await rolloutOf(id)).state === 'halted')

    expect((await rolloutOf(id)).tally).toMatchObject({ members: 3, failed: 3 })
  })

  test('can be paused and goes on, and two at once on a channel are refused', async () => {
    const { productId, agents } = await aFleet(2)
    const next = await aRelease(fairway, vendor, { productId, version: '1.1.0' })
    const { id } = await aRollout(fairway, vendor, { releaseId: next.id, steps: ALL_AT_ONCE })
    await until(async () => (await whoIsOffered(agents)).length === 2)
    const steer = (verb: string) =>
      fairway.http.inject({
        method: 'POST',
        url: `/api/v1/rollouts/${id}/${verb}`,
        headers: vendor,
        payload: { reason: 'We look at it first.' },
      })

    const paused = await steer('pause')
    await until(async () => (await whoIsOffered(agents)).length === 0)
    const told = await agents[0]?.checkIn()
    const twin = await fairway.http.inject({
      method: 'POST',
      url: '/api/v1/rollouts',
      headers: vendor,
      payload: { releaseId: next.id, channel: 'stable' },
    })
    await steer('resume')
    await until(async () => (await whoIsOffered(agents)).length === 2)
    for (const agent of agents) await agent.update()
    await until(async () => (await rolloutOf(id)).state === 'complete')
    const late = await steer('halt')

    expect(paused.json()).toMatchObject({ state: 'paused', because: 'We look at it first.' })
    expect(told?.because?.code).toBe('paused')
    expect([twin.statusCode, twin.json().code]).toEqual([409, 'rollout.channel_is_busy'])
    expect([late.statusCode, late.json().code]).toEqual([409, 'rollout.cannot'])
  })

  test('of a release that is withdrawn halts with it, and who runs it keeps it', async () => {
    const { productId, agents } = await aFleet(4)
    const next = await aRelease(fairway, vendor, { productId, version: '1.1.0' })
    const { id } = await aRollout(fairway, vendor, {
      releaseId: next.id,
      steps: [{ percent: 25, bakeSeconds: 600 }, ...ALL_AT_ONCE],
    })
    await until(async () => (await whoIsOffered(agents)).length === 1)
    const [first] = await whoIsOffered(agents)
    const url = (await first?.checkIn())?.artifact?.url ?? ''
    await first?.update()

    await send(fairway, vendor, {
      method: 'POST',
      url: `/api/v1/releases/${next.id}/withdraw`,
      payload: { reason: 'It loses receipts.' },
    })
    await until(async () => (await first?.checkIn())?.because?.code === 'withdrawn')
    const file = await fairway.http.inject({ method: 'GET', url, headers: first?.headers ?? {} })

    expect(await rolloutOf(id)).toMatchObject({ state: 'halted', because: '1.1.0 was withdrawn: It loses receipts.' })
    expect(file.statusCode).toBe(404)
    expect(await whoIsOffered(agents)).toEqual([])
  })

  test('with a plan that cannot be followed is refused, field by field', async () => {
    const { productId } = await aFleet(0)
    const next = await aRelease(fairway, vendor, { productId, version: '1.1.0' })
    const start = (steps: object[]) =>
      fairway.http.inject({
        method: 'POST',
        url: '/api/v1/rollouts',
        headers: vendor,
        payload: { releaseId: next.id, channel: 'stable', steps },
      })

    expect((await start([{ percent: 50, bakeSeconds: 0 }])).json()).toMatchObject({
      status: 422,
      code: 'rollout.steps_do_not_end',
      errors: [{ pointer: '/steps' }],
    })
    expect((await start([{ percent: 50, bakeSeconds: 0 }, { percent: 20, bakeSeconds: 0 }, ...ALL_AT_ONCE])).json().code).toBe(
      'rollout.steps_do_not_rise',
    )
    expect((await start([{ percent: 0, bakeSeconds: 0 }])).json().code).toBe('request.invalid')
  })
})

describe('an installation', () => {
  test('fetches what it is offered, in parts, and nothing else', async () => {
    const { productId, organisation } = await aFleet(0)
    const agent = await aSpokenAgent(fairway, { organisationId: organisation.id, productId })
    const foreign = await aSpokenAgent(fairway, { organisationId: (await anOrganisation(fairway)).id, productId })

    const { artifact } = await agent.checkIn()
    const get = (headers: Record<string, string>) => fairway.http.inject({ method: 'GET', url: artifact?.url ?? '', headers })
    const whole = await get(agent.headers)
    const part = await get({ ...agent.headers, range: 'bytes=1990-', 'if-range': `"${artifact?.sha256}"` })

    expect(whole.rawPayload.length).toBe(artifact?.size)
    expect([part.statusCode, part.rawPayload.length]).toEqual([206, 10])
    expect((await foreign.checkIn()).because?.code).toBe('not_entitled')
    expect((await get(foreign.headers)).statusCode).toBe(404)
    expect((await get({})).json().code).toBe('agent.token_unknown')
  })

  test('newly enrolled while a rollout runs begins with what is proved', async () => {
    const { productId, organisation, agents } = await aFleet(1)
    const next = await aRelease(fairway, vendor, { productId, version: '1.1.0' })
    await aRollout(fairway, vendor, { releaseId: next.id, steps: [{ percent: 50, bakeSeconds: 600 }, ...ALL_AT_ONCE] })
    await until(async () => (await whoIsOffered(agents)).length === 1)

    const newcomers = await Promise.all(
      Array.from({ length: 5 }, () => aSpokenAgent(fairway, { organisationId: organisation.id, productId })),
    )
    for (const newcomer of newcomers) await newcomer.update()

    expect(newcomers.map((newcomer) => newcomer.runs.version)).toEqual(Array.from({ length: 5 }, () => '1.0.0'))
  })
})

describe('bad input to the agent protocol is a clear 4xx', () => {
  const nasty = [
    '',
    '\u0000',
    'a\u0000b',
    '../../etc/passwd',
    'x'.repeat(5000),
    '__proto__',
    null,
    true,
    12,
    1e189,
    [],
    {},
    ['x'],
  ]
  const routes: [string, Record<string, unknown>][] = [
    [
      '/updates/v1/enrolments',
      { token: 'fwe_unknown-token', publicKey: 'A'.repeat(43), platform: 'linux', arch: 'x64', agentVersion: '1' },
    ],
    ['/updates/v1/nonces', { installationId: 'in_1' }],
    ['/updates/v1/tokens', { installationId: 'in_1', instance: 'x'.repeat(20), nonce: 'x', signature: 'A'.repeat(86) }],
    [
      '/updates/v1/check-ins',
      { version: '1.0.0', releaseId: 're_1', health: 'healthy', platform: 'linux', arch: 'x64', highestSequence: 1, refused: [] },
    ],
    [
      '/updates/v1/reports',
      { reports: [{ reportId: '00000000-0000-4000-8000-000000000000', releaseId: 're_1', kind: 'healthy', version: '1.0.0' }] },
    ],
  ]

  test.each(routes)('%s', async (url, body) => {
    const agent = await aSpokenAgent(fairway)
    const before = await fairway.db
      .selectFrom('fleet.report')
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow()
    const bodies: unknown[] = [
      ...nasty,
      ...Object.keys(body).flatMap((field) => nasty.map((value) => ({ ...body, [field]: value }))),
      { ...body, more: 1 },
    ]

    for (const payload of bodies) {
      for (const headers of [agent.headers, {}]) {
        const answer = await fairway.http.inject({
          method: 'POST',
          url,
          headers: { ...headers, 'content-type': 'application/json' },
          payload: JSON.stringify(payload) ?? '',
        })
        const mayFit =
          ['installationId', 'releaseId', 'version'].some((field) => JSON.stringify(payload)?.includes(`"${field}":null`)) ||
          answer.statusCode === 200
        if (!mayFit) expect(answer.statusCode, `${url} ${JSON.stringify(payload)} ${answer.body}`).toBeGreaterThanOrEqual(400)
        expect(answer.statusCode, `${url} ${JSON.stringify(payload)} ${answer.body}`).toBeLessThan(500)
      }
    }

    const after = await fairway.db
      .selectFrom('fleet.report')
      .select((eb) => eb.fn.countAll().as('count'))
      .executeTakeFirstOrThrow()
    if (!url.endsWith('reports')) expect(after).toEqual(before)
  })

  test.each(['not json', '{"a":', '\u0000', '[]'.repeat(10)])('a body that is no JSON: %s', async (payload) => {
    const agent = await aSpokenAgent(fairway)

    const answer = await fairway.http.inject({
      method: 'POST',
      url: '/updates/v1/check-ins',
      headers: { ...agent.headers, 'content-type': 'application/json' },
      payload,
    })

    expect(answer.statusCode).toBe(400)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })
})
