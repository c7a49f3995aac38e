// Rows that are walked through time, on a real PostgreSQL: claimed by one process, fenced by their epoch, never forgotten.
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cloneDatabase } from '#testing/database'
import { createTestClock } from '#testing/test-clock'
import { after } from './clock.ts'
import { type Database, openDatabase } from './db.ts'
import { silentLog } from './log.ts'
import { type Claim, claimDue, createLoops, type Loop, nextDueOf } from './loops.ts'

const WALK = sql.table('walk')
let database: Database
let clone: Awaited<ReturnType<typeof cloneDatabase>>
beforeAll(async () => {
  clone = await cloneDatabase()
  database = openDatabase(clone.connectionString, { max: 8, onError: () => undefined })
  await sql`create table walk (id text primary key, steps int not null default 0, next_at timestamptz, lease_until timestamptz, epoch int not null default 0)`.execute(
    database.db,
  )
})
beforeEach(() => sql`truncate walk`.execute(database.db))
afterAll(async () => {
  await database.close()
  await clone.drop()
})

/** Counts a step where the row is still ours, and has no next one. */
async function step({ id, epoch }: Claim) {
  const { numAffectedRows } =
    await sql`update walk set steps = steps + 1, next_at = null, lease_until = null where id = ${id} and epoch = ${epoch}`.execute(
      database.db,
    )
  return numAffectedRows === 1n
}

function aLoop(advance: Loop['advance']): Loop {
  return {
    name: 'walk',
    claim: (now, limit) => claimDue(database.db, WALK, { now, limit }),
    advance,
    nextDueAt: () => nextDueOf(database.db, WALK),
  }
}

const add = (count: number, at: Date) =>
  sql`insert into walk (id, next_at) select 'w' || n, ${at} from generate_series(1, ${count}) n`.execute(database.db)
const stepsTaken = async () =>
  (await sql<{ steps: number }>`select steps from walk order by id`.execute(database.db)).rows.map((row) => row.steps)

test('each due row is advanced once, however many processes look', async () => {
  const clock = createTestClock()
  await add(120, clock.now())
  const processes = Array.from({ length: 4 }, () =>
    createLoops({ clock, log: silentLog, loops: [aLoop(async (claim) => void (await step(claim)))] }),
  )

  const made = await Promise.all(processes.map((one) => one.runDue()))
  await Promise.all(processes.map((one) => one.stop()))

  expect(made.reduce((sum, one) => sum + one, 0)).toBe(120)
  expect(await stepsTaken()).toEqual(Array.from({ length: 120 }, () => 1))
})

test('a row is not touched before it is due', async () => {
  const clock = createTestClock()
  await add(1, after(clock.now(), 60_000))
  const loops = createLoops({ clock, log: silentLog, loops: [aLoop(async (claim) => void (await step(claim)))] })

  expect(await loops.runDue()).toBe(0)
  clock.advance(61_000)
  expect(await loops.runDue()).toBe(1)
  await loops.stop()
})

test('a transition that fails keeps its lease and is made again when that ends', async () => {
  const clock = createTestClock()
  await add(1, clock.now())
  let isBroken = true
  const loops = createLoops({
    clock,
    log: silentLog,
    loops: [
      aLoop(async (claim) => {
        if (isBroken) throw new Error('not yet')
        await step(claim)
      }),
    ],
  })

  await loops.runDue()
  isBroken = false
  expect(await loops.runDue()).toBe(0)
  clock.advance(31_000)
  await loops.runDue()
  await loops.stop()

  expect(await stepsTaken()).toEqual([1])
})

test('a late process cannot write what another one was handed since', async () => {
  const clock = createTestClock()
  await add(1, clock.now())
  const [late] = await claimDue(database.db, WALK, { now: clock.now(), limit: 1 })
  const [next] = await claimDue(database.db, WALK, { now: after(clock.now(), 31_000), limit: 1 })

  const nextWrote = await step(next!)
  const lateWrote = await step(late!)

  expect([nextWrote, lateWrote]).toEqual([true, false])
  expect(await stepsTaken()).toEqual([1])
})
