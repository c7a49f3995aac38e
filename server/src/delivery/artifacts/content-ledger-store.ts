// All SQL of the ledger of contents: what is in the store, until when it is held, and whether anything refers to it.
import '../tables.ts'
import { sql } from 'kysely'
import type { Db, Tx } from '#platform/db'

/** Longer than a removal takes; nobody takes the same content in before it is over. */
export const GOING_SECONDS = 60

/**
 * Everything that refers to a content, by its column; the one place to add a source. Whatever writes such a column calls
 * keepContent or holdContent in that transaction. A test compares this with the columns of the schema.
 */
export const REFERRING = ['delivery.artifact.sha256', 'delivery.patch.content_sha256']

const REFERRED = sql.raw(
  REFERRING.map((column) => {
    const table = column.slice(0, column.lastIndexOf('.'))
    return `exists (select from ${table} referring where referring.${column.slice(table.length + 1)} = content.sha256)`
  }).join(' or '),
)

/** Enters a content that is about to come; false while somebody is taking the same one away. */
export async function enterContent(db: Db, { sha256, size }: { sha256: string; size: number }, heldUntil: Date) {
  const { numAffectedRows } = await sql`
    insert into delivery.content (sha256, size, held_until) values (${sha256}, ${size}, ${heldUntil})
    on conflict (sha256) do update set held_until = greatest(content.held_until, excluded.held_until), going_until = null
      where content.going_until is null or content.going_until < now()`.execute(db)
  return numAffectedRows === 1n
}

/** Whoever refers to a content, or stops to, holds it in the same transaction; false where it has been taken away. */
export async function holdContent(tx: Tx, sha256: string, heldUntil: Date) {
  const { numUpdatedRows } = await tx
    .updateTable('delivery.content')
    .set({ held_until: sql<Date>`greatest(held_until, ${heldUntil})` })
    .where('sha256', '=', sha256)
    .where('going_until', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export interface Going {
  sha256: string
  size: number
  /** Who removes it, told by the moment until which he may. */
  fence: string
}

/**
 * Marks one content that nothing refers to and that nobody holds. Who holds it at this very moment has its row locked (then it is
 * skipped), or has moved `held_until` (then PostgreSQL looks again), so that a reference that was just written is never overlooked.
 */
export async function markGoing(db: Db, now: Date): Promise<Going | undefined> {
  const { rows } = await sql<{ sha256: string; size: string; fence: string }>`
    update delivery.content set going_until = now() + make_interval(secs => ${GOING_SECONDS})
    where sha256 = (
      select sha256 from delivery.content
      where held_until < ${now} and (going_until is null or going_until < now()) and not (${REFERRED})
      order by held_until limit 1 for update skip locked)
    returning sha256, size::text, going_until::text as fence`.execute(db)
  const [row] = rows
  return row && { ...row, size: Number(row.size) }
}

export async function forgetContent(db: Db, { sha256, fence }: Going) {
  await sql`delete from delivery.content where sha256 = ${sha256} and going_until = ${fence}::timestamptz`.execute(db)
}
