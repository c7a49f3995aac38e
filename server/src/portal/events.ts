// What the portal announces, and who may hear of it; no body holds what people wrote.
import { type Audiences, ownOrganisationToo, staffOnly } from '#platform/audience'
import type { InquiryKind, InquiryStatus } from './inquiries/inquiry.ts'
import type { KnownErrorState } from './known-errors/known-error.ts'

interface KnownErrorFact {
  knownErrorId: string
  productId: string
  state: KnownErrorState
}

declare module '#platform/events' {
  interface Events {
    'portal.inquiry_opened': { inquiryId: string; kind: InquiryKind; installationIds: string[] }
    'portal.inquiry_answered': { inquiryId: string; by: 'member' | 'staff'; status: InquiryStatus }
    'portal.inquiry_assigned': { inquiryId: string; assigneeId: string | null }
    'portal.inquiry_status_changed': { inquiryId: string; status: InquiryStatus }
    'portal.inquiry_linked': { inquiryId: string; knownErrorId: string | null }
    'portal.fix_on_its_way': { inquiryId: string; knownErrorId: string; releaseId: string; version: string }
    'portal.inquiry_closed': {
      inquiryId: string
      by: 'itself' | 'person'
      /** Where it closed by itself: what was fixed, by which release, and where that was proven. */
      knownErrorId?: string
      releaseId?: string
      version?: string
      installationIds?: string[]
    }
    'portal.inquiry_reopened': {
      inquiryId: string
      by: 'itself' | 'person'
      because?: 'unhealthy' | 'went_back'
      installationId?: string
    }
    'portal.attachment_added': { inquiryId: string; attachmentId: string; size: number }
    'portal.note_added': { inquiryId: string; noteId: string }
    'portal.known_error_created': KnownErrorFact
    'portal.known_error_changed': KnownErrorFact & { changed: string[] }
  }
}

export const portalEvents: Audiences = {
  'portal.inquiry_opened': ownOrganisationToo,
  'portal.inquiry_answered': ownOrganisationToo,
  'portal.inquiry_assigned': staffOnly,
  'portal.inquiry_status_changed': ownOrganisationToo,
  'portal.inquiry_linked': ownOrganisationToo,
  'portal.fix_on_its_way': ownOrganisationToo,
  'portal.inquiry_closed': ownOrganisationToo,
  'portal.inquiry_reopened': ownOrganisationToo,
  'portal.attachment_added': ownOrganisationToo,
  'portal.note_added': staffOnly,
  'portal.known_error_created': staffOnly,
  'portal.known_error_changed': staffOnly,
}
