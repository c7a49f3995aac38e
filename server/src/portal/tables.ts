// The tables of the portal, as its migrations made them.
import type { ColumnType, Generated } from 'kysely'
import type { InquiryKind, InquiryStatus } from './inquiries/inquiry.ts'
import type { KnownErrorState } from './known-errors/known-error.ts'

/** jsonb: read as a value, written as text; the store that reads it says what it is. */
type Json = ColumnType<unknown, string, string>

declare module '#platform/db' {
  interface Tables {
    'portal.known_error': {
      id: string
      number: number
      product_id: string
      title: string
      description: string
      affected_range: string
      workaround: string
      cause: string
      state: KnownErrorState
      created_by: string
      created_at: Date
      changed_at: Date
    }
    'portal.inquiry': {
      id: string
      number: number
      organisation_id: string
      opened_by: string
      kind: InquiryKind
      title: string
      text: string
      status: InquiryStatus
      assignee_id: string | null
      known_error_id: string | null
      fleet_at_opening: Json
      created_at: Date
      changed_at: Date
      closed_at: Date | null
      closed_by: string | null
      proof: Json | null
      linked_at: Date | null
      waits_since: Date | null
    }
    'portal.inquiry_installation': {
      inquiry_id: string
      installation_id: string
      position: number
      name: string
      product_id: string
      channel: string
      version: string | null
      health: string
      last_seen_at: Date | null
      last_report: Json | null
    }
    'portal.message': {
      id: string
      inquiry_id: string
      number: Generated<string>
      author_kind: 'member' | 'staff' | 'system'
      author_id: string | null
      text: string
      created_at: Date
    }
    'portal.note': {
      id: string
      inquiry_id: string
      number: Generated<string>
      author_id: string
      text: string
      created_at: Date
    }
    'portal.attachment': {
      id: string
      inquiry_id: string
      name: string
      media_type: string
      size: number
      sha256: string
      added_by: string
      created_at: Date
    }
    'portal.watch': {
      id: string
      known_error_id: string
      product_id: string
      state: 'watching' | 'guarding' | 'done'
      trust_from: Date | null
      distrusted_release_ids: string[]
      announced_release_id: string | null
      guard_until: Date | null
      because: string
      waits_for: Json
      next_at: Date | null
      lease_until: Date | null
      epoch: Generated<number>
    }
    'portal.watched_installation': { watch_id: string; installation_id: string; is_named: boolean; versions: string[] }
  }
}
