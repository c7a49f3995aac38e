// Vitest's global set-up: one PostgreSQL for all tests, thrown away afterwards; FAIRWAY_TEST_DATABASE_URL names another instead.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openDataFolder } from '#platform/postgres/data-folder'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '#platform/postgres/embedded'
import { breakPostmaster, findPostmaster } from '#platform/postgres/postmaster'
import { isAlive } from '#platform/postgres/running-process'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a superuser: tests create databases of their own from it. */
    databaseUrl: string
  }
}

const NAME = 'fairway-test'
/** What it holds is thrown away, so nothing waits for the disk. */
const THROW_AWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' }
const quiet = () => {}

let running: { postgres: EmbeddedPostgres; dataDir: string } | undefined

export async function setup(project: TestProject): Promise<void> {
  const given = process.env.FAIRWAY_TEST_DATABASE_URL
  project.provide('databaseUrl', given ?? (await startThrowAway()))
}

export async function teardown(): Promise<void> {
  if (!running) return
  const { postgres, dataDir } = running
  running = undefined
  await postgres.stop().finally(() => rm(dataDir, { recursive: true, force: true }))
}

async function startThrowAway(): Promise<string> {
  await removeAbandoned()
  const dataDir = await mkdtemp(join(tmpdir(), `${NAME}-${process.pid}-`))
  try {
    running = { dataDir, postgres: await startEmbeddedPostgres({ dataDir, say: quiet, settings: THROW_AWAY }) }
  } catch (error) {
    await rm(dataDir, { recursive: true, force: true })
    throw error
  }
  process.once('exit', abandon)
  return running.postgres.connectionString
}

/** The process ends without a teardown: there is no time to wait any more. */
function abandon(): void {
  if (!running) return
  process.kill(running.postgres.pid, 'SIGKILL')
  rmSync(running.dataDir, { recursive: true, force: true, maxRetries: 5 })
}

/** What runs left behind that were killed. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${NAME}-(\\d+)-`).exec(name)?.[1]
    if (!pid || isAlive(Number(pid))) continue
    await removeRun(join(tmpdir(), name)).catch(quiet) // another account's
  }
}

async function removeRun(dataDir: string): Promise<void> {
  const folder = openDataFolder(dataDir)
  const postmaster = await findPostmaster(folder, quiet)
  if (postmaster) await breakPostmaster(folder, postmaster.pid)
  await rm(dataDir, { recursive: true, force: true })
}
