// Brings the schema to what this code expects: forward only, one process at a time, each file once and unchanged.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Client } from 'pg'

/** Any number, but the same in every process; held while migrating. */
const LOCK = 4_600_001

interface Migration {
  name: string
  sql: string
  checksum: string
}

export interface MigrationResult {
  applied: string[]
}

/**
 * Applies what is missing, in the order of the file names, each in its own transaction unless its first line says `-- no transaction`.
 * Refuses a schema that a newer Fairway made, and a file that was changed after it was applied.
 * @param also is run under the same lock afterwards: schemas that libraries keep for themselves.
 */
export async function migrate(connectionString: string, folder: string, also?: () => Promise<void>): Promise<MigrationResult> {
  const client = new Client({ connectionString, application_name: 'fairway migrate' })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query(`create schema if not exists platform;
      create table if not exists platform.migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
    const missing = whatIsMissing(readMigrations(folder), await readApplied(client))
    for (const migration of missing) await apply(client, migration)
    await also?.()
    return { applied: missing.map((migration) => migration.name) }
  } finally {
    // Ending the connection frees the lock.
    await client.end()
  }
}

function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  return names.sort().map((name) => {
    const sql = readFileSync(join(folder, name), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}

async function readApplied(client: Client) {
  const { rows } = await client.query<{ name: string; checksum: string }>('select name, checksum from platform.migration')
  return new Map(rows.map((row) => [row.name, row.checksum]))
}

/** What is still to be applied; throws where this code and that schema do not belong together. */
export function whatIsMissing(known: Migration[], applied: Map<string, string>) {
  const names = new Set(known.map((migration) => migration.name))
  const newer = [...applied.keys()].filter((name) => !names.has(name))
  if (newer.length > 0) {
    throw new Error(
      `The database was made by a newer Fairway (it has ${newer.join(', ')}, which this version does not know). Start that version, or restore a backup made with this one.`,
    )
  }
  for (const { name, checksum } of known) {
    const before = applied.get(name)
    if (before !== undefined && before !== checksum) {
      throw new Error(
        `The migration ${name} was changed after it was applied. Put the released file back; a change needs a new migration.`,
      )
    }
  }
  return known.filter((migration) => !applied.has(migration.name))
}

async function apply(client: Client, { name, sql, checksum }: Migration) {
  const record = () => client.query('insert into platform.migration (name, checksum) values ($1, $2)', [name, checksum])
  try {
    if (/^-- no transaction\b/.test(sql)) {
      // Statement by statement: several in one query would be one implicit transaction. Such files are idempotent by rule.
      for (const statement of sql.split(/;\s*$/m).filter((part) => part.trim() !== '')) await client.query(statement)
      await record()
      return
    }
    await client.query('begin')
    await client.query(sql)
    await record()
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`The migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}
