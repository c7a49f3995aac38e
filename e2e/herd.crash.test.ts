// Server and PostgreSQL are killed with -9, ten times each, under ten thousand installations: what was acknowledged is there, exactly once.
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import { databaseUrl, fill, SECRET } from '../scripts/bench/updates/crowd.ts'
import { type AServer, aServer, killAndCount, until } from './crash/a-server.ts'
import { createChance } from './crash/chance.ts'
import { type Herd, startHerd } from './crash/herd.ts'
import { sayFileIsDone } from './crash/kills.ts'

afterAll(() => sayFileIsDone('herd'))

const INSTALLATIONS = 10_000
const ROUNDS = 10
const RUNS = { id: 're_1111111111111111', version: '1.0.0' }

test('ten thousand installations report while server and PostgreSQL are killed, ten times each', async () => {
  const chance = createChance('herd')
  await using server = await aServer({ FAIRWAY_SECRET: SECRET })
  await server.start()
  await fill(databaseUrl(server.folder), { count: INSTALLATIONS, organisationIds: ['org_herd'], current: RUNS, previous: RUNS })
  await server.stop()
  await server.start()
  const herd = startHerd({ url: server.url, count: INSTALLATIONS, runs: RUNS })

  for (let round = 0; round < ROUNDS; round += 1) {
    await untilStored(herd)
    await pause(chance.below(200))
    await killPostgres(server)
    await untilStored(herd)
    await pause(chance.below(200))
    await server.kill()
    await server.start()
  }
  await until('all of them were answered', () => herd.heard() === INSTALLATIONS)
  await herd.stop()

  const { acknowledged, seen } = herd
  const rows = await server.ask<{ id: string }>('select report_id as id from fleet.report')
  const told = await server.ask<{ id: string }>(
    `select body->>'reason' as id from platform.event where name = 'fleet.outcome_changed'`,
  )
  const sorted = acknowledged.toSorted()
  expect(new Set(acknowledged).size).toBe(acknowledged.length)
  expect(rows.map(({ id }) => id).toSorted(), 'each acknowledged report is there, and nothing else').toEqual(sorted)
  expect(told.map(({ id }) => id).toSorted(), 'each was told once').toEqual(sorted)
  expect(seen.withoutRetryAfter).toBe(0)
  expect(herd.heard()).toBe(INSTALLATIONS)
  console.log(`${acknowledged.length} reports, ${JSON.stringify(seen)}`)
})

/** Some were acknowledged since: it is under load, and not only coming back. */
async function untilStored({ acknowledged }: Herd) {
  const before = acknowledged.length
  await until('reports are stored again', () => acknowledged.length > before + 60)
}

async function killPostgres(server: AServer) {
  const postmaster = server.postmaster()?.pid ?? 0
  killAndCount(postmaster, 'postgres')
  await until('PostgreSQL is back', async () => server.postmaster()?.pid !== postmaster && (await server.readiness()) === 200)
}
