// All SQL of attachments; the bytes lie in files named by the id.
import '../tables.ts'
import type { Selectable } from 'kysely'
import type { Reader, Tables, Tx } from '#platform/db'

export interface Attachment {
  id: string
  inquiryId: string
  name: string
  mediaType: string
  size: number
  sha256: string
  addedBy: string
  createdAt: Date
}

export async function addAttachmentRow(tx: Tx, attachment: Attachment) {
  await tx
    .insertInto('portal.attachment')
    .values({
      id: attachment.id,
      inquiry_id: attachment.inquiryId,
      name: attachment.name,
      media_type: attachment.mediaType,
      size: attachment.size,
      sha256: attachment.sha256,
      added_by: attachment.addedBy,
      created_at: attachment.createdAt,
    })
    .execute()
}

export async function findAttachment(db: Reader, inquiryId: string, id: string) {
  const row = await db
    .selectFrom('portal.attachment')
    .selectAll()
    .where('inquiry_id', '=', inquiryId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && toAttachment(row)
}

export async function listAttachments(db: Reader, inquiryId: string) {
  const rows = await db
    .selectFrom('portal.attachment')
    .selectAll()
    .where('inquiry_id', '=', inquiryId)
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  return rows.map(toAttachment)
}

/** Which of these ids exist. */
export async function listKnownAttachments(db: Reader, ids: string[]) {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('portal.attachment').select('id').where('id', 'in', ids).execute()
  return rows.map((row) => row.id)
}

function toAttachment(row: Selectable<Tables['portal.attachment']>): Attachment {
  return {
    id: row.id,
    inquiryId: row.inquiry_id,
    name: row.name,
    mediaType: row.media_type,
    size: row.size,
    sha256: row.sha256,
    addedBy: row.added_by,
    createdAt: row.created_at,
  }
}
