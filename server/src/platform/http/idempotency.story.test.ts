// Idempotency-Key, on a real PostgreSQL: the same key never does a thing twice, also where nobody knows how the first time ended.
import { expect, onTestFinished, test } from 'vitest'
import { cloneDatabase } from '#testing/database'
import { systemClock } from '../clock.ts'
import { openDatabase } from '../db.ts'
import { Refusal } from '../errors.ts'
import { createHttp } from '../http.ts'
import { repeatOnce } from './idempotency.ts'

/** A door that does what the test says, and counts how often. */
async function openDoor(act: (time: number) => Promise<object>) {
  const clone = await cloneDatabase()
  const database = openDatabase(clone.connectionString, { max: 4, onError: () => undefined })
  const http = await createHttp({ publicUrl: 'http://localhost:4600', trustedProxies: [] })
  onTestFinished(async () => {
    await http.close()
    await database.close()
    await clone.drop()
  })
  http.addHook('onRequest', async (request) => void (request.caller = 'person:ann'))
  repeatOnce(http, { db: database.db, clock: systemClock })
  let times = 0
  http.post('/api/v1/things', async (_request, reply) => reply.code(201).send(await act((times += 1))))
  const post = async (key: string, payload: object = {}) => {
    const answer = await http.inject({
      method: 'POST',
      url: '/api/v1/things',
      headers: { 'idempotency-key': key, host: 'localhost:4600' },
      payload,
    })
    return { status: answer.statusCode, body: answer.json<{ time?: number; code?: string }>() }
  }
  return { post, times: () => times }
}

test('a repetition gets the first answer; another request with the same key is refused', async () => {
  const { post, times } = await openDoor(async (time) => ({ time }))

  const first = await post('a')
  const again = await post('a')
  const other = await post('a', { something: 'else' })

  expect([first, again]).toEqual([
    { status: 201, body: { time: 1 } },
    { status: 201, body: { time: 1 } },
  ])
  expect(other.body.code).toBe('idempotency.key_reused')
  expect(times()).toBe(1)
})

test('what was refused may be tried again with the same key', async () => {
  const { post } = await openDoor(async (time) => {
    if (time === 1) throw new Refusal('conflict', 'thing.not_now', 'Not now.')
    return { time }
  })

  expect((await post('a')).status).toBe(409)
  expect((await post('a')).body).toEqual({ time: 2 })
})

test('what failed may have been done all the same: its outcome stays unknown, and it is not done again', async () => {
  const { post, times } = await openDoor(async () => {
    throw new Error('Connection terminated unexpectedly')
  })

  expect(await post('a')).toMatchObject({ status: 503, body: { code: 'database.away' } })
  expect(await post('a')).toMatchObject({ status: 409, body: { code: 'idempotency.outcome_unknown' } })
  expect(times()).toBe(1)
})

test('while the first is being done the second is asked to wait', async () => {
  const waiting = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  const { post, times } = await openDoor(async (time) => {
    begun.resolve()
    await waiting.promise
    return { time }
  })

  const first = post('a')
  await begun.promise
  const second = await post('a')
  waiting.resolve()

  expect(second.body.code).toBe('idempotency.in_progress')
  expect((await first).status).toBe(201)
  expect(times()).toBe(1)
})
