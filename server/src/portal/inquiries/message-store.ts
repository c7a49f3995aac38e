// All SQL of messages and of notes: two tables, and no function that reads both.
import '../tables.ts'
import type { Reader, Tx } from '#platform/db'
import { newId } from '#platform/ids'

export interface Message {
  id: string
  authorKind: 'member' | 'staff' | 'system'
  authorId: string | null
  text: string
  createdAt: Date
}

export interface Note {
  id: string
  authorId: string
  text: string
  createdAt: Date
}

export async function addMessage(tx: Tx, inquiryId: string, message: Omit<Message, 'id'>) {
  const id = newId('me')
  await tx
    .insertInto('portal.message')
    .values({
      id,
      inquiry_id: inquiryId,
      author_kind: message.authorKind,
      author_id: message.authorId,
      text: message.text,
      created_at: message.createdAt,
    })
    .execute()
  return id
}

export async function listMessages(db: Reader, inquiryId: string): Promise<Message[]> {
  const rows = await db.selectFrom('portal.message').selectAll().where('inquiry_id', '=', inquiryId).orderBy('number').execute()
  return rows.map((row) => ({
    id: row.id,
    authorKind: row.author_kind,
    authorId: row.author_id,
    text: row.text,
    createdAt: row.created_at,
  }))
}

/** Who wrote last in each of these, and when. */
export async function listLastMessages(db: Reader, inquiryIds: string[]) {
  const rows = await db
    .selectFrom('portal.message')
    .select(['inquiry_id', 'author_kind', 'created_at'])
    .distinctOn('inquiry_id')
    .where((eb) => eb('inquiry_id', '=', eb.fn.any(eb.val(inquiryIds))))
    .orderBy('inquiry_id')
    .orderBy('number', 'desc')
    .execute()
  return new Map(rows.map((row) => [row.inquiry_id, { from: row.author_kind, at: row.created_at.toISOString() }]))
}

export async function countMessages(db: Reader, inquiryId: string) {
  const { count } = await db
    .selectFrom('portal.message')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('inquiry_id', '=', inquiryId)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The customer's people who wrote something here. */
export async function listWriters(db: Reader, inquiryId: string) {
  const rows = await db
    .selectFrom('portal.message')
    .select('author_id')
    .distinct()
    .where('inquiry_id', '=', inquiryId)
    .where('author_kind', '=', 'member')
    .execute()
  return rows.flatMap((row) => row.author_id ?? [])
}

export async function addNote(tx: Tx, inquiryId: string, note: Omit<Note, 'id'>) {
  const id = newId('no')
  await tx
    .insertInto('portal.note')
    .values({ id, inquiry_id: inquiryId, author_id: note.authorId, text: note.text, created_at: note.createdAt })
    .execute()
  return id
}

export async function listNotes(db: Reader, inquiryId: string): Promise<Note[]> {
  const rows = await db.selectFrom('portal.note').selectAll().where('inquiry_id', '=', inquiryId).orderBy('number').execute()
  return rows.map((row) => ({ id: row.id, authorId: row.author_id, text: row.text, createdAt: row.created_at }))
}

export async function countNotes(db: Reader, inquiryId: string) {
  const { count } = await db
    .selectFrom('portal.note')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('inquiry_id', '=', inquiryId)
    .executeTakeFirstOrThrow()
  return Number(count)
}
