// The fast lane of check-ins beside their route: whoever answers, the same bytes go out and the same things are noted, once.
import { channel } from 'node:diagnostics_channel'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { newId } from '#platform/ids'
import { aSpokenAgent } from '#testing/agents'
import { anInstallation } from '#testing/installations'
import { openFairway, openFairwayForTest, type TestFairway } from '#testing/open-fairway'
import { anOrganisation, aStaff } from '#testing/people'
import { aProduct, aRelease, aRollout, send } from '#testing/releases'

const LANE = '/updates/v1/check-ins'
/** The lane takes no query; the route does not mind one. */
const ROUTE = '/updates/v1/check-ins?by=route'
const BODY = {
  version: null,
  releaseId: null,
  health: 'unknown',
  platform: 'linux',
  arch: 'x64',
  highestSequence: 0,
  refused: [] as string[],
}

let fairway: TestFairway
let vendor: Record<string, string>
let organisationId: string
const productId = newId('p').replace('_', '-')
beforeAll(async () => {
  fairway = await openFairway()
  vendor = (await aStaff(fairway, ['administrator', 'operator'])).headers
  organisationId = (await anOrganisation(fairway)).id
  await aProduct(fairway, vendor, { id: productId })
  for (const one of ['stable', 'beta'])
    await send(fairway, vendor, {
      method: 'PUT',
      url: `/api/v1/organisations/${organisationId}/entitlements/${productId}/${one}`,
    })
  const { id } = await aRelease(fairway, vendor, { productId, version: '1.0.0' })
  await aRollout(fairway, vendor, { releaseId: id, steps: [{ percent: 100, bakeSeconds: 0 }] })
  await listen(fairway)
  await vi.waitFor(async () => expect((await (await aTill()).checkIn()).decision).toBe('update'), {
    timeout: 10_000,
    interval: 20,
  })
})
afterAll(() => fairway.close())

/** How many requests came as far as a handler of Fastify's. */
let handledByRoute = 0
const countHandled = () => void (handledByRoute += 1)
beforeAll(() => channel('tracing:fastify.request.handler:start').subscribe(countHandled))
afterAll(() => channel('tracing:fastify.request.handler:start').unsubscribe(countHandled))
beforeEach(() => void (handledByRoute = 0))

const listen = ({ http }: TestFairway) => http.listen({ host: '127.0.0.1', port: 0 })
const aTill = (on = fairway, channel = 'stable') => aSpokenAgent(on, { organisationId, productId, channel })

async function dial({ http }: TestFairway) {
  const address = http.server.address()
  const socket = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  await new Promise((resolve) => socket.once('connect', resolve))
  return socket.setNoDelay()
}

/** Everything that is said until they hang up. */
const hear = async (socket: Socket) => Buffer.concat(await socket.toArray()).toString()

interface Wish {
  path: string
  token: string
  body?: string
  headers?: string[]
}

function requestOf({ path, token, body = JSON.stringify(BODY), headers = ['connection: close'] }: Wish) {
  const isSized = headers.some((one) => /^(transfer-encoding|content-length):/.test(one))
  const length = isSized ? [] : [`content-length: ${Buffer.byteLength(body)}`]
  const type = headers.some((one) => one.startsWith('content-type')) ? [] : ['content-type: application/json']
  const head = [`POST ${path} HTTP/1.1`, 'host: localhost:4600', `authorization: Bearer ${token}`, ...type, ...length, ...headers]
  return `${head.join('\r\n')}\r\n\r\n${body}`
}

async function ask(wish: Wish, on = fairway) {
  const socket = await dial(on)
  socket.write(requestOf(wish))
  return hear(socket)
}

/** Without what differs from one second and one request to the next. */
function lasting(answer: string) {
  const [, requestId = ''] = /"requestId":"([^"]*)"/.exec(answer) ?? []
  return answer
    .replace(/^date: .*\r\n/im, '')
    .replaceAll(/^(x-ratelimit-remaining|x-ratelimit-reset): \d+\r\n/gim, '$1: n\r\n')
    .replace(`"${requestId}"`, '""')
    .replace(/^content-length: (\d+)/im, (_all, length: string) => `content-length: ${Number(length) - requestId.length}`)
}

const tokenOf = ({ headers }: { headers: { authorization: string } }) => headers.authorization.replace('Bearer ', '')
const kept = ['connection: keep-alive']

describe('a plain check-in is answered by the lane, as the route would, byte by byte', () => {
  test.each([
    ['update', 'stable', {}],
    ['held', 'beta', {}],
    ['current', 'stable', { isUpdated: true }],
  ])('%s', async (decision, channel, { isUpdated = false }: { isUpdated?: boolean }) => {
    const till = await aTill(fairway, channel)
    if (isUpdated) await till.update()
    const { version, releaseId } = till.runs
    const body = JSON.stringify({ ...BODY, version, releaseId })
    handledByRoute = 0

    const answer = await ask({ path: LANE, token: tokenOf(till), body })
    const byLane = handledByRoute === 0

    expect(byLane).toBe(true)
    expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n/)
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({ decision })
    expect(lasting(answer)).toBe(lasting(await ask({ path: ROUTE, token: tokenOf(till), body })))
    expect(handledByRoute).toBe(1)
  })

  test('also where its body comes in two packets', async () => {
    const socket = await dial(fairway)
    const request = requestOf({ path: LANE, token: tokenOf(await aTill()) })

    socket.write(request.slice(0, -20))
    // The head was read once somebody takes the data of the body.
    await new Promise((resolve) => fairway.http.server.once('request', resolve))
    socket.write(request.slice(-20))

    expect(await hear(socket)).toContain('"decision":"update"')
    expect(handledByRoute).toBe(0)
  })

  test('also where many come on one line at once, with others between, in their order', async () => {
    const [held, offered] = [tokenOf(await aTill(fairway, 'beta')), tokenOf(await aTill())]
    const socket = await dial(fairway)

    socket.write(
      [
        requestOf({ path: LANE, token: held, headers: kept }),
        requestOf({ path: ROUTE, token: offered, headers: kept }),
        requestOf({ path: LANE, token: held, headers: kept, body: '{' }),
        requestOf({ path: LANE, token: offered }),
      ].join(''),
    )

    const said = (await hear(socket)).matchAll(/HTTP\/1\.1 (\d+)|"decision":"(\w+)"/g)
    expect([...said].map(([, status, decision]) => status ?? decision)).toEqual(['200', 'held', '200', 'update', '400'])
  })

  test('also the words that it has read before, from whomever, and nearly the same ones', async () => {
    const [till, other] = [await aTill(), await aTill(fairway, 'beta')]
    const refused = Array.from({ length: 30 }, () => newId('rl'))
    const sayings = [
      {},
      {},
      { arch: 'arm' },
      { refused },
      { refused },
      { refused: [...refused, till.runs.releaseId ?? newId('rl')] },
    ]

    for (const saying of sayings)
      for (const one of [till, other]) {
        const wish = { token: tokenOf(one), body: JSON.stringify({ ...BODY, ...saying }) }
        const answer = await ask({ ...wish, path: LANE })
        expect(answer).toContain('200 OK')
        expect(lasting(answer)).toBe(lasting(await ask({ ...wish, path: ROUTE })))
      }
    expect(handledByRoute).toBe(sayings.length * 2)
  })
})

describe('what is not plain success is said by Fastify, as if there were no lane', () => {
  test.each<[string, number, Partial<Wish>]>([
    ['no JSON', 400, { body: '{"version":' }],
    ['an object that poisons', 400, { body: JSON.stringify(BODY).replace('{', '{"__proto__":{},') }],
    ['an empty body', 400, { body: '' }],
    ['a field that nobody knows', 422, { body: JSON.stringify({ ...BODY, more: 1 }) }],
    ['a version that is none', 422, { body: JSON.stringify({ ...BODY, version: 'one' }) }],
    ['a foreign token', 401, { token: `fwa_in_${'0'.repeat(16)}.${'x'.repeat(22)}.zzzzzzzz.${'x'.repeat(43)}` }],
    ['no token', 401, { token: '' }],
    ['another kind of body', 415, { headers: ['connection: close', 'content-type: application/xml'] }],
    ['a kind said otherwise', 200, { headers: ['connection: close', 'content-type: application/json; charset=utf-8'] }],
    ['a long body', 200, { body: JSON.stringify(BODY).padEnd(20_000) }],
    ['a body that would be too long', 413, { body: '', headers: ['connection: close', 'content-length: 1100000'] }],
    [
      'a body in chunks',
      200,
      {
        body: `${JSON.stringify(BODY).length.toString(16)}\r\n${JSON.stringify(BODY)}\r\n0\r\n\r\n`,
        headers: ['connection: close', 'transfer-encoding: chunked'],
      },
    ],
    ['who waits for 100', 200, { headers: ['connection: close', 'expect: 100-continue'] }],
  ])('%s: %i', async (_title, status, wish) => {
    const token = tokenOf(await aTill())

    const answer = await ask({ path: LANE, token, ...wish })

    expect(answer.replace('HTTP/1.1 100 Continue\r\n\r\n', '')).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(lasting(answer)).toBe(lasting(await ask({ path: ROUTE, token, ...wish })))
  })

  test('an installation that was revoked, or whose token is too old, though its token was proved before', async () => {
    const own = await openFairwayForTest()
    await listen(own)
    const { headers } = await aStaff(own, ['operator'])
    const [revoked, old] = [await anInstallation(own), await anInstallation(own)]
    for (const { token } of [revoked, old]) expect(await ask({ path: LANE, token }, own)).toContain('200 OK')

    const both = async (token: string) =>
      [await ask({ path: LANE, token }, own), await ask({ path: ROUTE, token }, own)].map(lasting)
    await own.http.inject({ method: 'POST', url: `/api/v1/installations/${revoked.installation.id}/revoke`, headers })
    const afterRevoking = await both(revoked.token)
    own.clock.advance(900_000)
    const afterExpiry = await both(old.token)

    expect(afterRevoking[0]).toContain('agent.revoked')
    expect(afterRevoking[0]).toBe(afterRevoking[1])
    expect(afterExpiry[0]).toContain('agent.token_expired')
    expect(afterExpiry[0]).toBe(afterExpiry[1])
  })

  test('what comes after the end has begun; what had begun is finished', async () => {
    for (const path of [LANE, ROUTE]) {
      const own = await openFairwayForTest()
      await listen(own)
      const { token } = await anInstallation(own)
      const socket = await dial(own)
      const request = requestOf({ path, token, headers: kept })
      const read = new Promise((resolve) => own.http.server.once('request', resolve))
      socket.write(request.slice(0, -20))
      await read

      const closed = own.http.close()
      await expect.poll(() => own.http.server.listening).toBe(false)
      socket.write(request.slice(-20) + request)

      expect([path, ...(await hear(socket)).matchAll(/HTTP\/1\.1 \d+/g)].map(String)).toEqual([
        path,
        'HTTP/1.1 200',
        'HTTP/1.1 503',
      ])
      await closed
    }
  })
})

describe('what a check-in leaves behind', () => {
  const reportsOf = async (id: string) =>
    (await fairway.db.selectFrom('platform.event').select('name').where('subject', '=', id).execute()).filter(
      ({ name }) => name === 'fleet.installation_reported',
    ).length
  const seenAt = async (id: string) => (await fairway.fleet.installationsByIds([id]))[0]?.lastSeenAt

  test('is there once, whoever answered', async () => {
    const till = await aTill()
    const { id } = till.installation
    const body = JSON.stringify({ ...BODY, health: 'unhealthy' })

    for (const path of [LANE, ROUTE, LANE]) await ask({ path, token: tokenOf(till), body })

    await expect.poll(() => reportsOf(id)).toBe(1)
    const release = await fairway.db.selectFrom('delivery.release').select('id').executeTakeFirstOrThrow()
    await expect
      .poll(async () => (await fairway.fleet.listOutcomes(release.id)).filter((one) => one.installationId === id).length)
      .toBe(1)
  })

  test('is nothing, where it was refused or its sender left in the middle', async () => {
    const till = await aTill()
    const token = tokenOf(till)
    await ask({ path: LANE, token, body: '{}' })
    const socket = await dial(fairway)
    const read = new Promise((resolve) => fairway.http.server.once('request', resolve))
    socket.write(requestOf({ path: LANE, token }).slice(0, -20))
    await read
    socket.destroy()

    await expect
      .poll(() => new Promise((resolve) => fairway.http.server.getConnections((_error, count) => resolve(count))))
      .toBe(0)
    expect(await seenAt(till.installation.id)).toBeNull()
    expect(await ask({ path: LANE, token })).toContain('200 OK')
    expect(await seenAt(till.installation.id)).toBeInstanceOf(Date)
  })

  test('is counted in one series', async () => {
    const counted = async () => {
      const { body } = await fairway.http.inject({
        url: '/metrics',
        remoteAddress: '127.0.0.1',
        headers: { host: 'localhost:4600' },
      })
      const line =
        /^fairway_http_request_duration_seconds_count\{method="POST",route="\/updates\/v1\/check-ins",status="2xx"\} (\d+)$/m
      return Number(line.exec(body)?.[1])
    }
    const token = tokenOf(await aTill())
    const before = await counted()

    for (const path of [LANE, ROUTE, LANE]) await ask({ path, token })

    await expect.poll(counted).toBe(before + 3)
  })
})

test('the limit of an installation counts both ways together, and refuses both alike', async () => {
  const own = await openFairwayForTest({ requestsPerMinute: 4 })
  await listen(own)
  const [noisy, calm] = [await anInstallation(own), await anInstallation(own)]
  const answers: string[] = []

  const seen = async () => (await own.fleet.installationsByIds([noisy.installation.id]))[0]?.lastSeenAt?.getTime()

  for (const path of [LANE, ROUTE, LANE, ROUTE]) answers.push(await ask({ path, token: noisy.token }, own))
  const seenWithin = await seen()
  own.clock.advance(1000)
  for (const path of [LANE, ROUTE]) answers.push(await ask({ path, token: noisy.token }, own))

  const left = answers.map((one) => [one.slice(9, 12), /x-ratelimit-remaining: (\d+)/i.exec(one)?.[1]])
  expect(left).toEqual([
    ['200', '3'],
    ['200', '2'],
    ['200', '1'],
    ['200', '0'],
    ['429', '0'],
    ['429', '0'],
  ])
  const refused = (answer = '') => lasting(answer).replaceAll(/(retry-after: |Wait )\d+/gi, '$1')
  expect(refused(answers[4])).toBe(refused(answers[5]))
  expect(await seen()).toBe(seenWithin)
  expect(await ask({ path: LANE, token: calm.token }, own)).toContain('200 OK')
})
