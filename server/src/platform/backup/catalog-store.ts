// SQL about the schema itself: which tables, columns, sequences and migrations a Fairway database has.
import type { Client } from 'pg'
import type { Header, TableName } from './format.ts'

export const quoted = ({ schema, name }: TableName) => `${quote(schema)}.${quote(name)}`
export const quote = (identifier: string) => `"${identifier.replaceAll('"', '""')}"`

/** The schemas of the modules, read off the migrations: one that is added later cannot be forgotten here. */
export function schemasOf(migrations: readonly { name: string }[]): string[] {
  return [...new Set(['platform', ...migrations.map(({ name }) => name.split('-')[1] ?? 'platform')])]
}

export async function hasFairway(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ found: boolean }>(`select to_regclass('platform.migration') is not null as found`)
  return rows[0]?.found ?? false
}

export async function listMigrations(client: Client): Promise<Header['migrations']> {
  const { rows } = await client.query<Header['migrations'][number]>(
    'select name, checksum from platform.migration order by name collate "C"',
  )
  return rows
}

/** Every table with the columns that are stored, by name. */
export async function listTables(client: Client, schemas: string[]): Promise<Header['tables']> {
  const { rows } = await client.query<Header['tables'][number]>(
    `select n.nspname as schema, c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where n.nspname = any($1) and c.relkind in ('r', 'p') and not c.relispartition
     group by 1, 2 order by 1, 2`,
    [schemas],
  )
  return rows
}

export async function listSequences(client: Client, schemas: string[]): Promise<Header['sequences']> {
  const { rows } = await client.query<TableName>(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any($1) and c.relkind = 'S' order by 1, 2`,
    [schemas],
  )
  const sequences: Header['sequences'] = []
  for (const sequence of rows) {
    const { rows: states } = await client.query<{ lastValue: string; isCalled: boolean }>(
      `select last_value::text as "lastValue", is_called as "isCalled" from ${quoted(sequence)}`,
    )
    for (const state of states) sequences.push({ ...sequence, ...state })
  }
  return sequences
}

/** About as many bytes as the tables will be. */
export async function estimateBytes(client: Client, schemas: string[]): Promise<number> {
  const { rows } = await client.query<{ bytes: string }>(
    `select coalesce(sum(pg_table_size(c.oid)), 0)::text as bytes
     from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = any($1) and c.relkind = 'r'`,
    [schemas],
  )
  return Number(rows[0]?.bytes ?? 0)
}

/** How values are written as text: the same wherever the rows come from and go to. */
export async function speakPlainly(client: Client) {
  await client.query(
    `set client_encoding = 'UTF8'; set datestyle = 'ISO, YMD'; set intervalstyle = 'iso_8601'; set timezone = 'UTC'; set bytea_output = 'hex';
     set extra_float_digits = 1; set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0`,
  )
}

export async function serverVersion(client: Client): Promise<{ version: string; number: number; encoding: string }> {
  const { rows } = await client.query<{ version: string; number: number; encoding: string }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number, current_setting('server_encoding') as encoding`,
  )
  // One row, by its nature.
  return rows[0]!
}
