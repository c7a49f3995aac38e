// SQL of the reactions: their cursors, and the backlog of what could not be done yet.
import '../tables.ts'
import { sql } from 'kysely'
import type { Db, Reader, Tx } from '../db.ts'
import type { LogEntry, Position } from './log-store.ts'

export interface BacklogItem {
  reaction: string
  eventId: string
  subject: string
  attempts: number
}

/** Makes the cursor of a new reaction; one that must not act on old facts begins at the end of the log. */
export async function addCursor(db: Db, reaction: string, at: Position) {
  await sql`insert into platform.reaction (name, epoch, tx, id) values (${reaction}, ${at.epoch}, ${at.tx}::xid8, ${at.id}::bigint)
    on conflict (name) do nothing`.execute(db)
}

/** The cursor, if no other process holds this reaction; the lease is renewed by asking again. */
export async function leaseCursor(
  db: Db,
  reaction: string,
  { owner, leaseMs }: { owner: string; leaseMs: number },
): Promise<Position | undefined> {
  const { rows } = await sql<Position>`
    update platform.reaction set lease_owner = ${owner}, lease_until = now() + make_interval(secs => ${leaseMs / 1000})
    where name = ${reaction} and (lease_owner is null or lease_owner = ${owner} or lease_until < now())
    returning epoch, tx::text as tx, id::text as id`.execute(db)
  return rows[0]
}

/** Moves the cursor; false where another process took the reaction over meanwhile. */
export async function moveCursor(tx: Tx, reaction: string, { owner, to }: { owner: string; to: Position }) {
  const { numAffectedRows } = await sql`
    update platform.reaction set epoch = ${to.epoch}, tx = ${to.tx}::xid8, id = ${to.id}::bigint
    where name = ${reaction} and lease_owner = ${owner}`.execute(tx)
  return numAffectedRows === 1n
}

export async function freeCursor(db: Db, owner: string) {
  await db
    .updateTable('platform.reaction')
    .set({ lease_owner: null, lease_until: null })
    .where('lease_owner', '=', owner)
    .execute()
}

export async function isHeldBack(db: Reader, reaction: string, subject: string) {
  const row = await db
    .selectFrom('platform.reaction_backlog')
    .select('event_id')
    .where('reaction', '=', reaction)
    .where('subject', '=', subject)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

export async function addToBacklog(
  tx: Tx,
  reaction: string,
  item: { entry: LogEntry; attempts: number; nextAt: Date; error: string | null },
) {
  const { event, position } = item.entry
  await sql`insert into platform.reaction_backlog (reaction, event_id, subject, epoch, tx, id, state, attempts, next_at, last_error)
    values (${reaction}, ${event.eventId}, ${event.subject}, ${position.epoch}, ${position.tx}::xid8, ${position.id}::bigint, 'waiting', ${item.attempts}, ${item.nextAt}, ${item.error})
    on conflict (reaction, event_id) do nothing`.execute(tx)
}

/** The first waiting event of each subject, where it is due; a parked one holds its subject back. */
export async function listDue(db: Db, reaction: string, now: Date): Promise<BacklogItem[]> {
  const { rows } = await sql<BacklogItem>`
    select reaction, event_id as "eventId", subject, attempts from (
      select distinct on (subject) * from platform.reaction_backlog where reaction = ${reaction} order by subject, epoch, tx, id
    ) first where state = 'waiting' and next_at <= ${now} limit 100`.execute(db)
  return rows
}

export async function removeFromBacklog(db: Reader, reaction: string, eventId: string) {
  const { numDeletedRows } = await db
    .deleteFrom('platform.reaction_backlog')
    .where('reaction', '=', reaction)
    .where('event_id', '=', eventId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

export async function saveFailure(
  db: Reader,
  item: BacklogItem,
  failure: { state: 'waiting' | 'parked'; nextAt: Date; error: string },
) {
  await db
    .updateTable('platform.reaction_backlog')
    .set({ state: failure.state, attempts: item.attempts + 1, next_at: failure.nextAt, last_error: failure.error })
    .where('reaction', '=', item.reaction)
    .where('event_id', '=', item.eventId)
    .execute()
}

export async function retryParked(db: Reader, reaction: string, eventId: string) {
  const { numUpdatedRows } = await db
    .updateTable('platform.reaction_backlog')
    .set({ state: 'waiting', attempts: 0, next_at: new Date(0) })
    .where('reaction', '=', reaction)
    .where('event_id', '=', eventId)
    .where('state', '=', 'parked')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function listBacklog(db: Reader) {
  return db.selectFrom('platform.reaction_backlog').selectAll().orderBy('next_at').limit(200).execute()
}
