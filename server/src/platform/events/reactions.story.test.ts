// The log and its reactions, on a real PostgreSQL.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cloneDatabase } from '#testing/database'
import { createTestClock } from '#testing/test-clock'
import { type Database, openDatabase } from '../db.ts'
import { announce, type Event } from '../events.ts'
import { silentLog } from '../log.ts'
import { endOfLog, openEpochAfterRestore, readLog, START } from './log-store.ts'
import { createReactions, on, type Reaction } from './reactions.ts'
import { listBacklog, removeFromBacklog, retryParked } from './reactions-store.ts'
import { TRIES } from './run-reaction.ts'
import { createTail } from './tail.ts'

declare module '../events.ts' {
  interface Events {
    'test.happened': { what: string }
  }
}

let database: Database
let clone: Awaited<ReturnType<typeof cloneDatabase>>
beforeAll(async () => {
  clone = await cloneDatabase()
  database = openDatabase(clone.connectionString, { max: 8, onError: () => undefined })
})
afterAll(async () => {
  await database.close()
  await clone.drop()
})

const happened = (subject: string, what: string) => ({
  name: 'test.happened' as const,
  subject,
  actor: 'system',
  occurredAt: new Date(),
  body: { what },
})
const write = (subject: string, what: string) => database.db.transaction().execute((tx) => announce(tx, happened(subject, what)))
const whats = (events: Event[]) => events.map((event) => (event.body as { what: string }).what)

/** Reactions with a clock of their own; each test has its own names. */
async function run(reactions: Reaction[]) {
  const clock = createTestClock()
  const runner = createReactions({ db: database.db, clock, log: silentLog, reactions })
  await runner.start()
  return { ...runner, clock }
}

describe('the log', () => {
  test('is read in the order of commits, though an earlier number commits later', async () => {
    const begin = await endOfLog(database.db)
    const slow = await database.db.startTransaction().execute()
    await announce(slow, happened('order', 'began first'))
    await write('order', 'committed first')

    const early = await readLog(database.db, begin, { limit: 10 })
    await slow.commit().execute()
    const all = await readLog(database.db, begin, { limit: 10 })

    expect(early).toEqual([])
    expect(whats(all.map(({ event }) => event)).toSorted()).toEqual(['began first', 'committed first'])
  })

  test('loses nothing to a reader that pages while many write', async () => {
    const begin = await endOfLog(database.db)
    const count = 120
    const writing = Promise.all(Array.from({ length: count }, (_, index) => write('many', String(index))))
    const seen: string[] = []
    let position = begin
    let isWritten = false
    void writing.then(() => (isWritten = true))

    while (seen.length < count) {
      const entries = await readLog(database.db, position, { limit: 7 })
      position = entries.at(-1)?.position ?? position
      seen.push(...whats(entries.map(({ event }) => event)))
      if (isWritten && entries.length === 0) break
    }

    expect(seen.toSorted()).toEqual(Array.from({ length: count }, (_, index) => String(index)).toSorted())
  })

  test('a process that follows it hears each event once', async () => {
    const heard: string[] = []
    const tail = createTail({ db: database.db, connectionString: clone.connectionString, log: silentLog })
    await tail.start()
    const done = new Promise<void>((resolve) => {
      tail.follow((entries) => {
        heard.push(...whats(entries.map(({ event }) => event)))
        if (heard.length >= 3) resolve()
      })
    })

    await Promise.all(['a', 'b', 'c'].map((what) => write('tail', what)))
    await done
    await tail.stop()

    expect(heard.toSorted()).toEqual(['a', 'b', 'c'])
  })
})

describe('a reaction', () => {
  test('is called once for each event, in order, and not again after a restart', async () => {
    const seen: string[] = []
    const reaction = on('test.happened', 'test.once', async (event) => void seen.push(event.body.what))
    const first = await run([reaction])
    for (const what of ['1', '2', '3']) await write('once', what)

    await first.runDue()
    await first.stop()
    const second = await run([reaction])
    await second.runDue()
    await second.stop()

    expect(seen).toEqual(['1', '2', '3'])
  })

  test('that fails holds back only its own subject, and goes on in order when it works again', async () => {
    let isBroken = true
    const seen: string[] = []
    const runner = await run([
      on('test.happened', 'test.own-subject', async ({ subject, body }) => {
        if (subject === 'bad' && isBroken) throw new Error('not yet')
        seen.push(`${subject} ${body.what}`)
      }),
    ])
    for (const [subject, what] of [
      ['bad', '1'],
      ['good', '1'],
      ['bad', '2'],
      ['good', '2'],
    ] as const)
      await write(subject, what)

    await runner.runDue()
    expect(seen).toEqual(['good 1', 'good 2'])
    isBroken = false
    runner.clock.advance(2000)
    await runner.runDue()
    await runner.stop()

    expect(seen).toEqual(['good 1', 'good 2', 'bad 1', 'bad 2'])
  })

  test('that never works is parked after ten tries, is visible, and can be retried', async () => {
    let tries = 0
    let isBroken = true
    const runner = await run([
      on('test.happened', 'test.parked', async () => {
        tries++
        if (isBroken) throw new Error('the reason')
      }),
    ])
    await write('parked', '1')

    for (let round = 0; round < TRIES + 3; round++) {
      await runner.runDue()
      runner.clock.advance(3_600_000)
    }
    const [parked] = (await listBacklog(database.db)).filter((row) => row.reaction === 'test.parked')
    expect(tries).toBe(TRIES)
    expect(parked).toMatchObject({ state: 'parked', attempts: TRIES, last_error: 'the reason' })

    isBroken = false
    expect(await retryParked(database.db, 'test.parked', parked?.event_id ?? '')).toBe(true)
    await runner.runDue()
    await runner.stop()

    expect(tries).toBe(TRIES + 1)
    expect((await listBacklog(database.db)).filter((row) => row.reaction === 'test.parked')).toEqual([])
    expect(await removeFromBacklog(database.db, 'test.parked', 'ev_unknown')).toBe(false)
  })

  test('runs on one process at a time, and on another one when the first is gone', async () => {
    const seen: string[] = []
    const reactionOf = (who: string) =>
      on('test.happened', 'test.lease', async ({ body }) => void seen.push(`${who} ${body.what}`))
    const first = await run([reactionOf('first')])
    const second = await run([reactionOf('second')])
    await write('lease', '1')
    await Promise.all([first.runDue(), second.runDue()])
    expect(seen).toHaveLength(1)

    await Promise.all([first.stop(), second.stop()])
    const third = await run([reactionOf('third')])
    await write('lease', '2')
    await third.runDue()
    await third.stop()

    expect(seen.at(-1)).toBe('third 2')
  })
})

test('after a restore into a database that counts from lower numbers, new events still stand behind old ones', async () => {
  const { db } = database
  await db
    .insertInto('platform.event')
    .values({ ...rowOf('from the future') })
    .execute()
  const { sql } = await import('kysely')
  await sql`update platform.event set tx = (pg_current_xact_id()::text::bigint + 1000000)::text::xid8 where event_id = 'ev_future'`.execute(
    db,
  )

  const epoch = await openEpochAfterRestore(db)
  const atOnce = await readLog(db, START, { limit: 10_000 })
  await write('restored', 'after')
  const entries = await readLog(db, START, { limit: 10_000 })

  expect(epoch).toBe(2)
  expect(atOnce.at(-2)?.event.subject).toBe('restored')
  expect(atOnce.at(-1)?.event.name).toBe('platform.restored')
  expect(await openEpochAfterRestore(db)).toBeUndefined()
  expect(whats([entries.at(-3)!, entries.at(-1)!].map(({ event }) => event))).toEqual(['from the future', 'after'])
})

function rowOf(what: string) {
  return {
    event_id: 'ev_future',
    name: 'test.happened',
    subject: 'restored',
    actor: 'system',
    organisation_id: null,
    occurred_at: new Date(),
    body: JSON.stringify({ what }),
  }
}

test('a long transaction in another database of the same server holds nothing back', async () => {
  const elsewhere = await cloneDatabase()
  const other = openDatabase(elsewhere.connectionString, { max: 1, onError: () => undefined })
  const long = await other.db.startTransaction().execute()
  await announce(long, happened('elsewhere', 'never ends'))
  const begin = await endOfLog(database.db)

  await write('here', 'is read')
  const entries = await readLog(database.db, begin, { limit: 10 })
  await long.rollback().execute()
  await other.close()
  await elsewhere.drop()

  expect(whats(entries.map(({ event }) => event))).toEqual(['is read'])
})
