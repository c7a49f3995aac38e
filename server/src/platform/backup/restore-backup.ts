// Restores a backup: first all of it is proved, then it comes in one transaction; at every moment the database is the old one or the new one.
import { Client } from 'pg'
import { createJobs } from '../jobs.ts'
import { silentLog } from '../log.ts'
import { migrate } from '../migrate.ts'
import { stat } from 'node:fs/promises'
import { type Verified, verifyArchive } from './archive-reader.ts'
import { schemasOf, serverVersion, speakPlainly } from './catalog-store.ts'
import type { FileKind } from './file-kind.ts'
import { JOBS } from './format.ts'
import { findMigrations, type Sql } from './migration-files.ts'
import { createProgress, type Output } from './progress.ts'
import { putSecret } from './restore-files.ts'
import { copyMembers } from './restore-members.ts'
import { findRunning, gatherStatistics, listPresent } from './restore-store.ts'
import { completeTables, prepareTables } from './restore-tables.ts'
import { chooseSecret } from './restored-secret.ts'

export interface RestoreWish {
  file: string
  connectionString: string
  /** For people: which database that is. */
  place: string
  dataDir: string
  migrationsDir: string
  /** FAIRWAY_SECRET, where it is given from outside. */
  givenSecret: string | undefined
  /** The database may hold something, which is thrown away. */
  force: boolean
  files: FileKind[]
  /** SQL of the modules, for what must not go on as if nothing had happened. */
  afterwards: string[]
  out: Output
  signal: AbortSignal
}

export interface RestoreResult {
  takenAt: string
  takenBy: string
  tables: number
  rows: number
  jobs: number
  files: number
  migrated: string[]
  /** Where the secret of the data folder went that was replaced. */
  secretKeptAs: string | undefined
  secretRestored: boolean
}

export async function restoreBackup(wish: RestoreWish): Promise<RestoreResult> {
  const client = new Client({ connectionString: wish.connectionString, application_name: 'fairway restore' })
  // A connection that breaks fails the query that waits on it.
  client.on('error', () => undefined)
  await client.connect()
  try {
    await refuseDatabase(wish, client)
    const verified = await verify(wish)
    const migrations = findMigrations(wish, verified.header)
    const secret = await chooseSecret(wish, verified)
    const jobs = createJobs({ connectionString: wish.connectionString, log: silentLog })
    await jobs.migrate()
    const { files, secretKeptAs, secretRestored } = await replace({ wish, client, verified, migrations, secret })
    const { applied } = await migrate(wish.connectionString, wish.migrationsDir, jobs.migrate)
    await gatherStatistics(client, verified.header.tables)
    return { ...amounts(verified), files, migrated: applied, secretKeptAs, secretRestored }
  } finally {
    // In the middle of a transaction this ends the connection, and PostgreSQL takes everything back.
    await client.end()
  }
}

async function refuseDatabase({ place, force, migrationsDir }: RestoreWish, client: Client) {
  await speakPlainly(client)
  const { version, number, encoding } = await serverVersion(client)
  if (number < 150_000) throw new Error(`${place} is PostgreSQL ${version}; Fairway needs 15 or later.`)
  if (encoding !== 'UTF8') throw new Error(`${place} keeps text as ${encoding}. Make a database with the encoding UTF8.`)
  if (await findRunning(client)) throw new Error(`A Fairway is working with ${place}. Stop it first; nothing was changed.`)
  const present = await listPresent(client, schemasOf(findMigrations({ migrationsDir })))
  if (present.length > 0 && !force)
    throw new Error(
      `${place} holds a Fairway already (${present.join(', ')}). Nothing was changed. Restore into an empty database, or add --force to throw away what it holds.`,
    )
}

async function verify({ file, out, signal }: RestoreWish): Promise<Verified> {
  const progress = createProgress(out, 'checking', (await stat(file)).size)
  try {
    return await verifyArchive(file, { onRead: progress.add, signal })
  } finally {
    progress.end()
  }
}

interface Replacement {
  wish: RestoreWish
  client: Client
  verified: Verified
  migrations: Sql[]
  /** To be put into the data folder. */
  secret: string | undefined
}

/** The one transaction. Files come before its end: rows that name files that are not there yet must never be seen. */
async function replace({ wish, client, verified, migrations, secret }: Replacement) {
  const { header } = verified
  await client.query('begin')
  const schemas = schemasOf(findMigrations(wish))
  const keys = await prepareTables(client, { header, migrations, schemas })
  const { files } = await copyMembers(wish, client, verified)
  await completeTables(client, { header, keys, ...wish })
  wish.signal.throwIfAborted()
  const put = secret === undefined ? undefined : await putSecret(wish.dataDir, secret)
  try {
    await client.query('commit')
  } catch (error) {
    await put?.undo()
    throw error
  }
  return { files, secretRestored: secret !== undefined, secretKeptAs: put?.keptAs }
}

function amounts({ header, manifest }: Verified) {
  const { [JOBS]: jobs = 0, ...rows } = manifest.rows
  return {
    takenAt: header.createdAt,
    takenBy: header.fairway,
    tables: header.tables.length,
    rows: Object.values(rows).reduce((sum, one) => sum + one, 0),
    jobs,
  }
}
