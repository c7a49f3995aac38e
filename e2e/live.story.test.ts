// Live updates over a real socket: in order, nothing lost, nothing twice, nothing for the wrong ears, and no longer than the right to hear lasts.
import { once } from 'node:events'
import { connect } from 'node:net'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { type LiveStream, openLiveStream } from '../server/src/testing/live-stream.ts'
import { openFairway, openFairwayForTest, type TestFairway } from '../server/src/testing/open-fairway.ts'
import { aMember, anOrganisation, aStaff, signIn, TEST_PASSWORD } from '../server/src/testing/people.ts'
import { aProduct, send } from '../server/src/testing/releases.ts'

type Headers = Record<string, string>

let fairway: TestFairway
let server = ''
let vendor: Headers
beforeAll(async () => {
  fairway = await openFairway()
  server = await fairway.http.listen({ host: '127.0.0.1', port: 0 })
  vendor = (await aStaff(fairway)).headers
})
afterAll(() => fairway.close())

async function listen(headers: Headers, lastEventId?: string, at = server): Promise<LiveStream> {
  const stream = await openLiveStream(at, headers, lastEventId)
  onTestFinished(stream.close)
  if (stream.status === 200) await stream.until(() => stream.messages.length > 0)
  return stream
}

let count = 0
const makeProduct = async (on = fairway) => (await aProduct(on, (await aStaff(on)).headers, { id: `live-${count++}` })).id
/** What a product's keys sign besides is no matter of these stories. */
const subjects = (stream: LiveStream) =>
  stream.happened().flatMap(({ name, subject }) => (name === 'delivery.repository_signed' ? [] : [subject]))
const heard = (stream: LiveStream, subject: string) => stream.until(() => subjects(stream).includes(subject))

/** Facts by the thousand, as if somebody had announced them. */
async function fillLog(on: TestFairway, facts: number, subject: string) {
  await sql`insert into platform.event (event_id, name, subject, actor, occurred_at, body)
    select ${`ev_${count++}_`} || n, 'delivery.product_created', ${subject}, 'system', now(), '{}' from generate_series(1, ${facts}::int) n`.execute(
    on.db,
  )
  await sql`select pg_notify('fairway_log', '1')`.execute(on.db)
}

/** Asks for the stream and then never reads from its socket. */
async function deafTo(at: string, headers: Headers) {
  const { hostname, port } = new URL(at)
  const socket = connect({ host: hostname, port: Number(port) })
  onTestFinished(() => void socket.destroy())
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.pause()
  const lines = Object.entries({ host: hostname, ...headers }).map(([name, value]) => `${name}: ${value}`)
  socket.write(`GET /api/v1/live HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  return socket
}
const until = async (isSo: () => boolean, withinMs: number) => {
  for (const start = Date.now(); !isSo(); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() - start > withinMs) throw new Error('It did not come to be so.')
}

describe('a stream', () => {
  test('tells what happened and to what, in order, with ids, and never the content', async () => {
    const stream = await listen(vendor)
    const made = [await makeProduct(), await makeProduct(), await makeProduct()]
    await heard(stream, made[2] ?? '')

    expect(stream.headers.get('content-type')).toBe('text/event-stream')
    expect(stream.headers.get('cache-control')).toBe('no-store')
    expect(stream.headers.get('x-content-type-options')).toBe('nosniff')
    expect(stream.messages[0]).toMatchObject({ event: 'ready' })
    expect(subjects(stream).filter((subject) => made.includes(subject))).toEqual(made)
    expect(new Set(stream.happened().map(({ position }) => position)).size).toBe(stream.happened().length)
    expect(Object.keys(JSON.parse(stream.messages.at(-1)?.data ?? '{}')).toSorted()).toEqual([
      'id',
      'name',
      'occurredAt',
      'subject',
    ])
  })

  test('goes on behind its Last-Event-ID: nothing is lost and nothing comes twice, while more happens', async () => {
    const first = await listen(vendor)
    const made = [await makeProduct()]
    await heard(first, made[0] ?? '')
    first.close()
    const position = first.happened().find(({ subject }) => subject === made[0])?.position
    for (let at = 0; at < 5; at++) made.push(await makeProduct())

    const more = Promise.all(Array.from({ length: 10 }, () => makeProduct()))
    const second = await listen(vendor, position)
    made.push(...(await more))
    await Promise.all(made.slice(1).map((subject) => heard(second, subject)))

    const told = subjects(second).filter((subject) => made.includes(subject))
    expect(told.toSorted()).toEqual(made.slice(1).toSorted())
    expect(told.slice(0, 5)).toEqual(made.slice(1, 6))
  })

  test('that is too far behind is told to read everything anew, and hears what happens then', async () => {
    const stream = await listen(vendor)
    const position = stream.messages[0]?.id
    stream.close()
    await fillLog(fairway, 1001, 'far')

    const again = await listen(vendor, position)
    const product = await makeProduct()
    await heard(again, product)

    expect(again.messages[0]?.event).toBe('reset')
    expect(subjects(again)).not.toContain('far')
  })

  test('begins where its page was made, which its address says', async () => {
    const position = await fairway.live.position()
    const product = await makeProduct()
    const stop = new AbortController()
    onTestFinished(() => stop.abort())

    const answer = await fetch(`${server}/api/v1/live?behind=${position}`, { headers: vendor, signal: stop.signal })
    let said = ''
    for await (const part of answer.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      said += part
      if (said.includes(product)) break
    }

    expect(said).toContain(`id: ${position}\nevent: ready`)
    expect((await fetch(`${server}/api/v1/live?behind=nonsense`, { headers: vendor })).status).toBe(422)
  })

  test('that knows a later log than there is (a backup was put back) is told to read everything anew', async () => {
    const stream = await listen(vendor, '999.1.1')
    const product = await makeProduct()

    await heard(stream, product)
    expect(stream.messages[0]?.event).toBe('reset')
  })

  test.each([
    'nonsense',
    '1.2',
    "1.1.1'; drop table platform.event; --",
    '1.1.9999999999999999999999',
    '-1.0.0',
    '\u00ff',
    'x'.repeat(5000),
  ])('refuses %s as Last-Event-ID, and opens nothing', async (lastEventId) => {
    const before = fairway.live.browsers().length

    const answer = await fetch(`${server}/api/v1/live`, { headers: { ...vendor, 'last-event-id': lastEventId } })

    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining('live.position_unknown')])
    expect(fairway.live.browsers().length).toBeLessThanOrEqual(before)
  })

  test('is one for each browser: the second ends the first', async () => {
    const who = (await aStaff(fairway)).headers
    const first = await listen(who)

    const second = await listen(who)
    await first.until(() => first.isEnded)

    expect(first.messages.at(-1)?.event).toBe('replaced')
    const product = await makeProduct()
    await heard(second, product)
    expect(subjects(first)).not.toContain(product)
  })

  test('is not opened by HEAD, nor by nobody', async () => {
    const head = await fetch(`${server}/api/v1/live`, { method: 'HEAD', headers: vendor })
    const nobody = await fetch(`${server}/api/v1/live`)

    expect([head.status, nobody.status]).toEqual([404, 401])
  })
})

describe('a customer', () => {
  test('hears what is of the own organisation, and nothing that only staff may know', async () => {
    const [ours, theirs] = [await anOrganisation(fairway), await anOrganisation(fairway)]
    const [member, stranger] = [await aMember(fairway, ours.id), await aMember(fairway, theirs.id)]
    const stream = await listen(member.headers)
    const ask = (headers: Headers) =>
      send<{ id: string }>(fairway, headers, {
        method: 'POST',
        url: '/api/v1/inquiries',
        payload: { kind: 'question', title: 'How?', text: 'How?' },
      })

    const product = await makeProduct()
    const foreign = await ask(stranger.headers)
    const own = await ask(member.headers)
    await send(fairway, vendor, { method: 'POST', url: `/api/v1/inquiries/${own.id}/notes`, payload: { text: 'inside' } })
    await send(fairway, vendor, { method: 'POST', url: `/api/v1/inquiries/${own.id}/messages`, payload: { text: 'outside' } })
    await stream.until(() => stream.happened().some(({ name }) => name === 'portal.inquiry_answered'))

    // That we joined a moment ago may still be told.
    expect(
      subjects(stream)
        .filter((subject) => subject !== ours.id)
        .every((subject) => subject === own.id),
    ).toBe(true)
    expect(subjects(stream)).not.toContain(product)
    expect(stream.text).not.toContain(foreign.id)
    expect(stream.happened().map(({ name }) => name)).not.toContain('portal.note_added')
  })
})

describe('a stream ends by itself', () => {
  const ended = (stream: LiveStream) => stream.until(() => stream.isEnded, 4000)

  test('when its token is revoked', async () => {
    const { person, headers } = await aStaff(fairway)
    const { id, token } = await fairway.identity.issueToken(person, { name: 'live', scopes: ['read'] })
    const stream = await listen({ authorization: `Bearer ${token}` })

    await send(fairway, headers, { method: 'DELETE', url: `/api/v1/tokens/${id}` })

    await ended(stream)
    expect((await fetch(`${server}/api/v1/live`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401)
  })

  test('when its person signs out', async () => {
    const { person } = await aStaff(fairway, ['viewer'], TEST_PASSWORD)
    const headers = await signIn(fairway, person)
    const stream = await listen(headers)

    await fairway.http.inject({ method: 'POST', url: '/api/auth/sign-out', headers, payload: {} })

    await ended(stream)
  })

  test('when its person is removed, or may do something else by now', async () => {
    const organisation = await anOrganisation(fairway)
    const [gone, changed] = [await aMember(fairway, organisation.id), await aStaff(fairway, ['support'])]
    const [theirs, other] = [await listen(gone.headers), await listen(changed.headers)]

    await send(fairway, vendor, { method: 'DELETE', url: `/api/v1/organisations/${organisation.id}/members/${gone.person.id}` })
    await send(fairway, vendor, { method: 'PATCH', url: `/api/v1/staff/${changed.person.id}`, payload: { roles: ['viewer'] } })

    await Promise.all([ended(theirs), ended(other)])
    expect((await fetch(`${server}/api/v1/live`, { headers: gone.headers })).status).toBe(401)
    expect((await listen(changed.headers)).messages[0]?.event).toBe('ready')
  })
})

describe('a reader that does not read', () => {
  test('is cut, and the process and the others go on', { timeout: 60_000 }, async () => {
    const other = await openFairwayForTest()
    const at = await other.http.listen({ host: '127.0.0.1', port: 0 })
    await deafTo(at, (await aStaff(other)).headers)
    await until(() => other.live.browsers().length === 1, 5000)

    await fillLog(other, 12_000, 'x'.repeat(700))
    await until(() => other.live.browsers().length === 0, 40_000)

    const stream = await listen((await aStaff(other)).headers, undefined, at)
    const product = await makeProduct(other)
    await heard(stream, product)
  })

  test('that is replaced breaks nothing, even when more happens', async () => {
    const { headers } = await aStaff(fairway)
    await deafTo(server, headers)
    await until(() => fairway.live.browsers().length > 0, 5000)
    await fillLog(fairway, 2000, 'y'.repeat(500))

    const stream = await listen(headers)
    const product = await makeProduct()

    await stream.until(() => subjects(stream).includes(product), 20_000)
  })
})

test('stopping ends every stream at once, the deaf ones too', async () => {
  const other = await openFairwayForTest()
  const at = await other.http.listen({ host: '127.0.0.1', port: 0 })
  const streams = await Promise.all([1, 2, 3].map(async () => listen((await aStaff(other)).headers, undefined, at)))
  await deafTo(at, (await aStaff(other)).headers)
  await until(() => other.live.browsers().length === 4, 5000)

  const start = performance.now()
  await other.stop()

  expect(performance.now() - start).toBeLessThan(1000)
  await Promise.all(streams.map((stream) => stream.until(() => stream.isEnded)))
  expect(streams.map((stream) => stream.messages.at(-1)?.event)).toEqual(['bye', 'bye', 'bye'])
})

test('stopping waits for nobody who only connected, and finishes what was asked', async () => {
  const other = await openFairwayForTest()
  const at = await other.http.listen({ host: '127.0.0.1', port: 0 })
  const { headers } = await aStaff(other)
  const port = Number(new URL(at).port)
  const [silent, halfway] = [connect({ host: '127.0.0.1', port }), connect({ host: '127.0.0.1', port })]
  onTestFinished(() => [silent, halfway].forEach((socket) => void socket.destroy()))
  halfway.write('GET /api/v1/me HTTP/1.1\r\nhost: ')
  await until(() => silent.readyState === 'open' && halfway.readyState === 'open', 5000)
  const asked = fetch(`${at}/api/v1/products`, { headers })
  await once(other.http.server, 'request')

  const start = performance.now()
  await other.stop()

  expect(performance.now() - start).toBeLessThan(1000)
  expect((await asked).status).toBe(200)
})
