// Takes a file into an inquiry: first the bytes are on disk, then the row says that they are there.
import type { Readable } from 'node:stream'
import { type Actor, actorLabel } from '#identity'
import { invalidField, Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { tooLarge } from '#platform/file-store'
import { newId } from '#platform/ids'
import type { PortalDeps } from '../deps.ts'
import { getInquiryToTakePart } from '../inquiries/get-inquiry.ts'
import { type Inquiry, isClosed } from '../inquiries/inquiry.ts'
import { lockInquiry } from '../inquiries/inquiry-store.ts'
import { MOST_ATTACHMENTS, MOST_BYTES, mediaTypeOf, safeName } from './attachment.ts'
import { addAttachmentRow, type Attachment, listAttachments } from './attachment-store.ts'

export interface Upload {
  inquiryId: string
  name: string
  bytes: Readable
  /** What the sender announces, so that too much is refused before it is sent. */
  announcedBytes: number
}

type Deps = Pick<PortalDeps, 'db' | 'clock' | 'files'>

export async function addAttachment(
  deps: Deps,
  actor: Actor,
  { inquiryId, name, bytes, announcedBytes }: Upload,
): Promise<Attachment> {
  const { db, clock, files } = deps
  refuseClosed(await getInquiryToTakePart(db, actor, inquiryId))
  if (announcedBytes > MOST_BYTES) throw tooLarge(MOST_BYTES)
  const id = newId('at')
  const { size, sha256, head } = await files.save(id, bytes, MOST_BYTES)
  const attachment = {
    id,
    inquiryId,
    name: safeName(name),
    mediaType: await mediaTypeOf(head),
    size,
    sha256,
    addedBy: actorLabel(actor),
    createdAt: clock.now(),
  }
  try {
    if (size === 0) throw invalidField('/', 'attachment.empty', 'The file is empty. Send its bytes as the body.')
    await keep(deps, actor, attachment)
    return attachment
  } catch (error) {
    await files.remove(id)
    throw error
  }
}

async function keep({ db }: Deps, actor: Actor, attachment: Attachment) {
  const { id, inquiryId, size, createdAt } = attachment
  await db.transaction().execute(async (tx) => {
    const inquiry = await lockInquiry(tx, inquiryId)
    refuseClosed(inquiry)
    if ((await listAttachments(tx, inquiryId)).length >= MOST_ATTACHMENTS)
      throw new Refusal('conflict', 'inquiry.too_long', `${inquiryId} has ${MOST_ATTACHMENTS} attachments already.`)
    await addAttachmentRow(tx, attachment)
    await announce(tx, {
      name: 'portal.attachment_added',
      subject: inquiryId,
      actor: actorLabel(actor),
      organisationId: inquiry.organisationId,
      occurredAt: createdAt,
      body: { inquiryId, attachmentId: id, size },
    })
  })
}

function refuseClosed(inquiry: Inquiry) {
  if (isClosed(inquiry)) throw new Refusal('conflict', 'inquiry.closed', `${inquiry.id} is closed. Reopen it to attach files.`)
}
