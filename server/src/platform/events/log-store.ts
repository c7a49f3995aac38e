// Reads the log in the order of commits: an event of a transaction that is still open can never be jumped over (research: T17).
import { sql } from 'kysely'
import type { Db, Reader } from '../db.ts'
import type { Event, EventName } from '../events.ts'
import { newId } from '../ids.ts'

/** A place in the log: behind this event. */
export interface Position {
  epoch: number
  tx: string
  id: string
}

export interface LogEntry {
  event: Event
  position: Position
}

export const START: Position = { epoch: 0, tx: '0', id: '0' }

/**
 * Every transaction of this database below it has ended, and what it wrote can be read by this statement.
 * Of what ran when the statement began, only what is known to belong to another database is passed over: a long
 * transaction there would hold back our readers for nothing. What has ended meanwhile counts as ours.
 */
export const HORIZON = sql`(
  select coalesce(min(running), pg_snapshot_xmax(pg_current_snapshot())) from pg_snapshot_xip(pg_current_snapshot()) as running
  where not exists (
    select from pg_stat_activity where backend_xid = running::xid and datid <> (select oid from pg_database where datname = current_database())))`

export interface Row {
  epoch: number
  tx: string
  id: string
  event_id: string
  name: string
  subject: string
  actor: string
  organisation_id: string | null
  occurred_at: Date
  body: unknown
}

/**
 * The next events behind a position, oldest first; only what no transaction still under way can precede.
 * With a subject: of that thing alone.
 * Sorted by `event.tx`, not `tx`: the bare name would be the column of the answer, which is text.
 */
export async function readLog(
  db: Reader,
  behind: Position,
  { limit, subject }: { limit: number; subject?: string | undefined },
): Promise<LogEntry[]> {
  const { rows } = await sql<Row>`
    select epoch, tx::text as tx, id::text as id, event_id, name, subject, actor, organisation_id, occurred_at, body
    from platform.event
    where (epoch, tx, id) > (${behind.epoch}, ${behind.tx}::xid8, ${behind.id}::bigint)
      and (tx < ${HORIZON} or epoch < (select max(epoch) from platform.event))
      ${subject === undefined ? sql`` : sql`and subject = ${subject}`}
    order by event.epoch, event.tx, event.id limit ${limit}`.execute(db)
  return rows.map(toEntry)
}

export async function findEntry(db: Reader, eventId: string): Promise<LogEntry | undefined> {
  const { rows } = await sql<Row>`
    select epoch, tx::text as tx, id::text as id, event_id, name, subject, actor, organisation_id, occurred_at, body
    from platform.event where event_id = ${eventId}`.execute(db)
  return rows[0] && toEntry(rows[0])
}

/** The end of the log as a reader may know it now. */
export async function endOfLog(db: Reader): Promise<Position> {
  const { rows } = await sql<Position>`
    select epoch, tx::text as tx, id::text as id from platform.event
    where tx < ${HORIZON} or epoch < (select max(epoch) from platform.event)
    order by event.epoch desc, event.tx desc, event.id desc limit 1`.execute(db)
  return rows[0] ?? START
}

/** Whether every event of this transaction can be read by now. */
export async function isSettled(db: Reader, tx: string) {
  const { rows } = await sql<{
    settled: boolean
  }>`select ${tx}::xid8 < ${HORIZON} as settled`.execute(db)
  return rows[0]?.settled ?? false
}

/**
 * Opens a new epoch where the database was restored elsewhere and counts its transactions from a lower number;
 * without it, new events would stand before old ones and no reader would see them. Its first entry is written here,
 * since what is older can be read only from then on.
 */
export async function openEpochAfterRestore(db: Db) {
  return db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ epoch: number; behind: boolean }>`
      select event.epoch, event.tx >= pg_snapshot_xmax(pg_current_snapshot()) as behind from platform.event order by event.epoch desc, event.tx desc limit 1`.execute(
      tx,
    )
    const [last] = rows
    if (!last?.behind) return undefined
    await sql`alter table platform.event alter column epoch set default ${sql.lit(last.epoch + 1)}`.execute(tx)
    await sql`insert into platform.event (event_id, name, subject, actor, occurred_at, body)
      values (${newId('ev')}, 'platform.restored', 'platform', 'system', now(), '{"takenAt":null}')`.execute(tx)
    return last.epoch + 1
  })
}

export function toEntry(row: Row): LogEntry {
  return {
    position: { epoch: row.epoch, tx: row.tx, id: row.id },
    event: {
      eventId: row.event_id,
      // Names and bodies are written by announce(), whose types pair them.
      name: row.name as EventName,
      body: row.body as Event['body'],
      subject: row.subject,
      actor: row.actor,
      organisationId: row.organisation_id,
      occurredAt: row.occurred_at,
    },
  }
}
