// Opens a whole Fairway for a story: a database of its own, cloned from a migrated template, and a clock that the test moves.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Config } from '#platform/config'
import { openDatabase } from '#platform/db'
import { type Log, silentLog } from '#platform/log'
import { createFairway } from '../fairway.ts'
import { cloneDatabase } from './database.ts'
import { createTestClock } from './test-clock.ts'

/** FAIRWAY_SECRET of every story. */
export const TEST_SECRET = 'a secret of thirty-two characters, only for tests'

/** What every process of a story is given. */
export function configOf(dataDir: string): Config {
  return {
    host: '127.0.0.1',
    port: 0,
    dataDir,
    publicUrl: 'http://localhost:4600',
    trustedProxies: [],
    requestsPerMinute: 1e9,
    secret: TEST_SECRET,
  }
}

/**
 * @param config overrides, for example `smtpUrl`.
 * @param log hears what would be logged.
 */
export async function openFairway(config: Partial<Config> = {}, log: Log = silentLog) {
  const { connectionString, drop } = await cloneDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'fairway-story-'))
  const database = openDatabase(connectionString, { max: 8, onError: () => undefined })
  const clock = createTestClock()
  const fairway = await createFairway({
    config: { ...configOf(dataDir), ...config },
    database,
    connectionString,
    clock,
    log,
  })
  await fairway.start()
  const close = async () => {
    await fairway.stop()
    await database.close()
    await drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  return { ...fairway, db: database.db, clock, dataDir, connectionString, close, settle: () => settle(fairway) }
}

export type TestFairway = Awaited<ReturnType<typeof openFairway>>

/** The same, closed by itself when the running test is finished. */
export async function openFairwayForTest(config: Partial<Config> = {}) {
  const fairway = await openFairway(config)
  onTestFinished(fairway.close)
  return fairway
}

/** Lets everything happen that the facts so far cause: reactions and due transitions, until nothing is left to do. */
async function settle({ reactions, loops }: Pick<Awaited<ReturnType<typeof createFairway>>, 'reactions' | 'loops'>) {
  for (let quiet = 0; quiet < 2;) {
    const done = (await reactions.runDue()) + (await loops.runDue())
    quiet = done === 0 ? quiet + 1 : 0
  }
}
