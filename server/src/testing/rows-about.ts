// Reads every row of our tables that mentions one of some words, so that a test can see whether anything of somebody's changed.
import { sql } from 'kysely'
import type { Db } from '#platform/db'

const SCHEMAS = ['identity', 'fleet', 'delivery', 'portal', 'platform']
/** What changes because somebody is there, not because something was done. */
const RESTLESS = ['last_used_at', 'last_seen_at']

export async function rowsAbout(db: Db, words: string[], exceptAbout: string[] = []) {
  const { rows: tables } = await sql<{ name: string }>`
    select format('%I.%I', table_schema, table_name) as name from information_schema.tables
    where table_schema = any(${SCHEMAS}) order by name`.execute(db)
  const found: string[] = []
  for (const { name } of tables) {
    const { rows } = await sql<{ row: object }>`select to_jsonb(t) - ${RESTLESS}::text[] as row from ${sql.raw(name)} t`.execute(
      db,
    )
    const texts = rows.map(({ row }) => `${name} ${JSON.stringify(row)}`)
    found.push(...texts.filter((text) => mentions(text, words) && !mentions(text, exceptAbout)))
  }
  return found.toSorted()
}

export function mentions(text: string, words: string[]) {
  return words.some((word) => text.includes(word))
}
