// The wire shapes of attachments.
import type { Readable } from 'node:stream'
import { Type } from 'typebox'
import { Fields, Id, named, Text } from '#platform/schemas'

export const AttachmentPath = Fields({ inquiryId: Id, attachmentId: Id })
export const AttachmentQuery = Fields({ name: Text(200) })

export const AttachmentView = named(
  'Attachment',
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    mediaType: Type.String({ description: 'Decided by content.' }),
    size: Type.Integer(),
    sha256: Type.String(),
    addedBy: Type.Object({ name: Type.String() }),
    createdAt: Type.String(),
  }),
)
export const AttachmentList = named('AttachmentList', Type.Object({ items: Type.Array(AttachmentView) }))

/** Bytes: streamed, never written by a schema. */
export const Bytes = Type.Unsafe<Readable>({ type: 'string', format: 'binary' })
