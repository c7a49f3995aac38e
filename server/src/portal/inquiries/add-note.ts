// Writes a note: for staff alone, in a table that no customer's view reads.
import { type Actor, actorLabel } from '#identity'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { PortalDeps } from '../deps.ts'
import { getInquiryToHandle } from './get-inquiry.ts'
import { MOST_MESSAGES } from './inquiry.ts'
import { addNote as saveNote, countNotes } from './message-store.ts'

export async function addNote(
  { db, clock }: Pick<PortalDeps, 'db' | 'clock'>,
  actor: Actor,
  { inquiryId, text }: { inquiryId: string; text: string },
) {
  const inquiry = await getInquiryToHandle(db, actor, inquiryId)
  if ((await countNotes(db, inquiryId)) >= MOST_MESSAGES)
    throw new Refusal('conflict', 'inquiry.too_long', `${inquiryId} has ${MOST_MESSAGES} notes already.`)
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    const noteId = await saveNote(tx, inquiryId, { authorId: actorLabel(actor), text, createdAt: now })
    await announce(tx, {
      name: 'portal.note_added',
      subject: inquiryId,
      actor: actorLabel(actor),
      organisationId: inquiry.organisationId,
      occurredAt: now,
      body: { inquiryId, noteId },
    })
  })
}
