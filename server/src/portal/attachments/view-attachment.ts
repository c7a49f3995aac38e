// An attachment as everybody sees it.
import type { Type } from 'typebox'
import type { Named } from '../people.ts'
import type { AttachmentView } from './attachment-schemas.ts'
import type { Attachment } from './attachment-store.ts'

export function viewAttachment(one: Attachment, nameOf: (id: string) => Named): Type.Static<typeof AttachmentView> {
  const { id, name, mediaType, size, sha256 } = one
  return {
    id,
    name,
    mediaType,
    size,
    sha256,
    addedBy: { name: nameOf(one.addedBy).name },
    createdAt: one.createdAt.toISOString(),
  }
}
