// SQL of a restore: everything here happens in its one transaction, so that the database is the old one until it is the new one.
import type { Client } from 'pg'
import { listTables, quote, quoted, schemasOf } from './catalog-store.ts'
import { fullName, type Header, type TableName } from './format.ts'

declare module '../events.ts' {
  interface Events {
    'platform.restored': { takenAt: string | null }
  }
}

export interface ForeignKey {
  table: string
  name: string
  definition: string
}

/** Whether another Fairway is connected; for a database whose processes we cannot see. */
export async function findRunning(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    `select from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and application_name like 'fairway%' limit 1`,
  )
  return rows.length > 0
}

/** Schemas of Fairway that are there already; that of the jobs alone is what an interrupted restore may leave. */
export async function listPresent(client: Client, schemas: string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select nspname as name from pg_namespace where nspname = any($1) order by 1',
    [schemas],
  )
  return rows.map(({ name }) => name)
}

/** The schema as it was when the backup was taken, empty. */
export async function recreateSchema(client: Client, migrations: { name: string; sql: string }[], schemas: string[]) {
  for (const schema of schemas) await client.query(`drop schema if exists ${quote(schema)} cascade`)
  // As migrate() makes them, which begins with a connection and transactions of its own.
  await client.query(`create schema platform;
    create table platform.migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())`)
  for (const { name, sql } of migrations) {
    // An index is made "concurrently" for the sake of others, and outside of transactions only; here nobody else is.
    await client.query(sql.replace(/\bconcurrently\b/gi, '')).catch((cause: Error) => {
      throw new Error(`The migration ${name} failed: ${cause.message}`, { cause })
    })
  }
}

/** Rows that migrations wrote come with the backup, too. */
export async function emptyTables(client: Client, tables: TableName[]) {
  await client.query(`truncate ${tables.map(quoted).join(', ')} cascade`)
}

/** The tables that the migrations made must be those that the backup was taken of. */
export async function refuseOtherTables(client: Client, { tables, migrations }: Header) {
  const shape = (all: Header['tables']) =>
    all.map((table) => `${fullName(table)} (${table.columns.toSorted().join(', ')})`).toSorted()
  const [made, wanted] = [shape(await listTables(client, schemasOf(migrations))), shape(tables)]
  const different = [...wanted.filter((one) => !made.includes(one)), ...made.filter((one) => !wanted.includes(one))]
  if (different.length > 0)
    throw new Error(`The backup does not fit the schema that its migrations make: ${different.join('; ')}. Nothing was changed.`)
}

/** Taken away while rows come in the order of names, not of dependence. */
export async function dropForeignKeys(client: Client, schemas: string[]): Promise<ForeignKey[]> {
  const { rows } = await client.query<ForeignKey>(
    `select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where contype = 'f' and conparentid = 0 and connamespace in (select oid from pg_namespace where nspname = any($1)) order by 1, 2`,
    [schemas],
  )
  for (const { table, name } of rows) await client.query(`alter table ${table} drop constraint ${name}`)
  return rows
}

/** Adding them proves each row. */
export async function addForeignKeys(client: Client, keys: ForeignKey[]) {
  for (const { table, name, definition } of keys) await client.query(`alter table ${table} add constraint ${name} ${definition}`)
}

export async function setSequences(client: Client, sequences: Header['sequences']) {
  for (const sequence of sequences)
    await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(sequence), sequence.lastValue, sequence.isCalled])
}

/** The processes that held the cursors are not here. */
export async function freeLeases(client: Client) {
  await client.query('update platform.reaction set lease_owner = null, lease_until = null')
}

/**
 * The log goes on in a new epoch: this database counts its transactions from another number than the one that the rows come from.
 * Its first entry is written here, since what is older can be read only from then on (events/log-store.ts).
 */
export async function openEpoch(client: Client, takenAt: string, eventId: string) {
  const { rows } = await client.query<{ epoch: number }>('select coalesce(max(epoch), 0) + 1 as epoch from platform.event')
  await client.query(`alter table platform.event alter column epoch set default ${Number(rows[0]?.epoch ?? 1)}`)
  await client.query(
    `insert into platform.event (event_id, name, subject, actor, occurred_at, body) values ($1, 'platform.restored', 'platform', 'system', now(), $2)`,
    [eventId, JSON.stringify({ takenAt })],
  )
}

export async function gatherStatistics(client: Client, tables: TableName[]) {
  await client.query(`analyze ${tables.map(quoted).join(', ')}`)
}
