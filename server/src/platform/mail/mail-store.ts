// All SQL of mail.
import type { Db, Reader, Tx } from '../db.ts'

export async function addMail(
  tx: Tx,
  mail: { id: string; recipient: string; subject: string; content: string; state: 'waiting' | 'kept'; createdAt: Date },
) {
  const { createdAt, ...row } = mail
  await tx
    .insertInto('platform.mail')
    .values({ ...row, created_at: createdAt, sent_at: null, last_error: null })
    .execute()
}

export async function findMail(db: Reader, id: string) {
  return db
    .selectFrom('platform.mail')
    .select(['id', 'recipient', 'subject', 'content', 'state', 'attempts'])
    .where('id', '=', id)
    .executeTakeFirst()
}

/** What was sent is forgotten but for its envelope: it may have carried a sign-in link. */
export async function saveSent(db: Db, id: string, at: Date) {
  await db
    .updateTable('platform.mail')
    .set((eb) => ({ state: 'sent', sent_at: at, content: null, attempts: eb('attempts', '+', 1), last_error: null }))
    .where('id', '=', id)
    .execute()
}

export async function saveFailure(db: Db, id: string, { error, isFinal }: { error: string; isFinal: boolean }) {
  await db
    .updateTable('platform.mail')
    .set((eb) => ({ attempts: eb('attempts', '+', 1), last_error: error, ...(isFinal ? { state: 'failed' as const } : {}) }))
    .where('id', '=', id)
    .execute()
}

/** @returns whether it was given up; then it waits again, with all its attempts. */
export async function saveAnew(tx: Tx, id: string) {
  const { numUpdatedRows } = await tx
    .updateTable('platform.mail')
    .set({ state: 'waiting', attempts: 0 })
    .where('id', '=', id)
    .where('state', '=', 'failed')
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

export async function listMails(db: Reader, limit: number) {
  const rows = await db.selectFrom('platform.mail').selectAll().orderBy('created_at', 'desc').orderBy('id').limit(limit).execute()
  return rows.map((row) => ({
    id: row.id,
    to: row.recipient,
    subject: row.subject,
    content: row.content,
    state: row.state,
    attempts: row.attempts,
    lastError: row.last_error,
    createdAt: row.created_at,
    sentAt: row.sent_at,
  }))
}
