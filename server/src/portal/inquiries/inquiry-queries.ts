// SQL of the list of inquiries: one function, whose first condition is whose inquiries they are.
import '../tables.ts'
import { sql } from 'kysely'
import type { Reader } from '#platform/db'
import { CLOSED_STATUSES, type InquiryKind, type InquiryStatus, OPEN_STATUSES } from './inquiry.ts'

export interface InquiryFilter {
  /** Undefined: of all customers. */
  organisationId: string | undefined
  state?: 'open' | 'closed' | InquiryStatus | undefined
  knownErrorId?: string | undefined
  assigneeId?: string | undefined
  /** Only numbers below this one. */
  before?: number | undefined
  limit: number
}

export interface InquiryRow {
  id: string
  number: number
  organisationId: string
  openedBy: string
  kind: InquiryKind
  title: string
  status: InquiryStatus
  assigneeId: string | null
  knownErrorId: string | null
  solvedIn: string | null
  createdAt: Date
  changedAt: Date
  closedAt: Date | null
}

/** Newest first. */
export async function listInquiries(db: Reader, filter: InquiryFilter): Promise<InquiryRow[]> {
  let query = db
    .selectFrom('portal.inquiry')
    .select([
      'id',
      'number',
      'organisation_id as organisationId',
      'opened_by as openedBy',
      'kind',
      'title',
      'status',
      'assignee_id as assigneeId',
      'known_error_id as knownErrorId',
      'created_at as createdAt',
      'changed_at as changedAt',
      'closed_at as closedAt',
    ])
    .select(sql<string | null>`proof->>'version'`.as('solvedIn'))
    .orderBy('number', 'desc')
    .limit(filter.limit)
  if (filter.organisationId !== undefined) query = query.where('organisation_id', '=', filter.organisationId)
  if (filter.state) query = query.where('status', 'in', statusesOf(filter.state))
  if (filter.knownErrorId) query = query.where('known_error_id', '=', filter.knownErrorId)
  if (filter.assigneeId) query = query.where('assignee_id', '=', filter.assigneeId)
  if (filter.before !== undefined) query = query.where('number', '<', filter.before)
  return query.execute()
}

/** `closed` means both ways of closing, since people look for what is done. */
function statusesOf(state: 'open' | 'closed' | InquiryStatus): InquiryStatus[] {
  if (state === 'open') return [...OPEN_STATUSES]
  if (state === 'closed') return [...CLOSED_STATUSES]
  return [state]
}
