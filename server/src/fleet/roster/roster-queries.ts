// SQL of what the roster reads: whole pages as one text, since a million rows made into objects with dates would take half a minute.
import '../tables.ts'
import { sql } from 'kysely'
import type { Db, Reader } from '#platform/db'

/** Read by `roster-page.ts`; from the organisation on it is what `textOfStanding` makes. (Joined by hand: concat_ws takes longer.) */
const LINE = sql.raw(
  [
    'id',
    'revision',
    `coalesce(instance, '')`,
    `case when copied_at is null then '0' else '1' end`,
    // In double precision, which takes a fraction of what numeric does.
    `coalesce((date_part('epoch', last_seen_at) * 1000)::bigint, 0)`,
    'organisation_id',
    'product_id',
    'channel',
    'platform',
    'arch',
    'state',
    `coalesce(version, '')`,
    `coalesce(release_id, '')`,
    'health',
    `array_to_string(refused_release_ids, ' ')`,
  ].join(` || e'\\t' || `),
)

/** How many blocks of PostgreSQL the rows take; read all of them in one snapshot, since rows move from block to block. */
export async function countBlocks(db: Reader) {
  const { rows } = await sql<{ blocks: number }>`
    select (pg_relation_size('fleet.installation') / current_setting('block_size')::int)::int as blocks`.execute(db)
  return rows[0]?.blocks ?? 0
}

/** What lies in these blocks, in the order in which it lies there: in that of the ids, a million rows would be a million places. */
export async function readBlocks(db: Reader, from: number, to: number) {
  const { rows } = await sql<{ lines: string | null }>`
    select string_agg(${LINE}, e'\n') as lines from fleet.installation
    where ctid >= ${`(${from},0)`}::tid and ctid < ${`(${to},0)`}::tid`.execute(db)
  return rows[0]?.lines ?? ''
}

export async function readByIds(db: Db, ids: string[]) {
  const { rows } = await sql<{ lines: string | null }>`
    select string_agg(${LINE}, e'\n') as lines from fleet.installation where id = any(${ids}::text[])`.execute(db)
  return rows[0]?.lines ?? ''
}

/** Rows that changed since then, in the time of PostgreSQL. */
export async function listChangedSince(db: Db, since: Date) {
  return db.selectFrom('fleet.installation').select(['id', 'revision']).where('updated_at', '>=', since).execute()
}
