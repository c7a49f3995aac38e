// Our migrations make exactly what better-auth expects: an update of it that wants more is heard here.
import pg from 'pg'
import { getMigrations } from 'better-auth/db/migration'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openIdentity, type TestIdentity } from '../testing/open-identity.ts'
import { authOptions } from './auth.ts'

let fairway: TestIdentity
beforeAll(async () => {
  fairway = await openIdentity()
})
afterAll(() => fairway.close())

/** Through the search path: with `withSchema` it sees no tables at all (research: T6). */
async function whatIsWanted(schema: string) {
  const pool = new pg.Pool({ connectionString: fairway.connectionString, options: `-c search_path=${schema}`, max: 2 })
  // The database is dropped while its connections still close.
  pool.on('connect', (client) => client.on('error', () => undefined)).on('error', () => undefined)
  try {
    const { toBeCreated, toBeAdded } = await getMigrations(authOptions(fairway.deps, pool))
    return { tables: toBeCreated.map(({ table }) => table), columns: toBeAdded.map(({ table }) => table) }
  } finally {
    await pool.end()
  }
}

test('nothing is left to create or to add', async () => {
  expect(await whatIsWanted('identity')).toEqual({ tables: [], columns: [] })
})

test('a column that is missing would be noticed', async () => {
  await fairway.db.schema.withSchema('identity').alterTable('twoFactor').dropColumn('lockedUntil').execute()

  expect((await whatIsWanted('identity')).columns).toEqual(['twoFactor'])
})
