// The list of inquiries: a customer sees those of the own organisation, staff all.
import type { Actor } from '#identity'
import { Refusal } from '#platform/errors'
import type { PortalDeps } from '../deps.ts'
import { limitOf, readCursor, toPage } from '../page-cursor.ts'
import { namePeople } from '../people.ts'
import type { InquiryStatus } from './inquiry.ts'
import { maySeeInside } from './inquiry-policy.ts'
import { type InquiryRow, listInquiries } from './inquiry-queries.ts'
import type { CustomerSummary, StaffSummary } from './inquiry-schemas.ts'

export interface InquirySearch {
  limit?: number
  after?: string
  state?: 'open' | 'closed' | InquiryStatus
  organisationId?: string
  knownErrorId?: string
  assigneeId?: string
}

type Deps = Pick<PortalDeps, 'db' | 'identity'>

export async function viewInquiries(deps: Deps, actor: Actor, search: InquirySearch) {
  const limit = limitOf(search)
  const rows = await listInquiries(deps.db, {
    ...search,
    organisationId: whoseInquiries(actor, search),
    before: readCursor(search.after, 'INQ'),
    limit: limit + 1,
  })
  return maySeeInside(actor) ? toPage(await viewForStaff(deps, rows), limit) : toPage(await viewForCustomer(deps, rows), limit)
}

function whoseInquiries(actor: Actor, { organisationId, knownErrorId, assigneeId }: InquirySearch) {
  if (actor.kind !== 'member') return organisationId
  if (organisationId !== undefined && organisationId !== actor.organisationId)
    throw new Refusal('not_found', 'organisation.unknown', `There is no organisation ${organisationId}.`)
  if (knownErrorId !== undefined || assigneeId !== undefined)
    throw new Refusal('forbidden', 'inquiry.filter_not_yours', 'Only staff can filter by known error or by who handles it.')
  return actor.organisationId
}

async function viewForCustomer(deps: Deps, rows: InquiryRow[]): Promise<CustomerSummary[]> {
  const nameOf = await namePeople(
    deps,
    rows.map((row) => row.openedBy),
  )
  return rows.map((row) => ({ view: 'customer' as const, ...viewCommon(row), openedBy: { name: nameOf(row.openedBy).name } }))
}

async function viewForStaff(deps: Deps, rows: InquiryRow[]): Promise<StaffSummary[]> {
  const nameOf = await namePeople(
    deps,
    rows.flatMap((row) => [row.openedBy, row.assigneeId]),
  )
  const organisations = await deps.identity.organisationsByIds([...new Set(rows.map((row) => row.organisationId))])
  const names = new Map(organisations.map((one) => [one.id, one.name]))
  return rows.map((row) => ({
    view: 'staff' as const,
    ...viewCommon(row),
    organisation: { id: row.organisationId, name: names.get(row.organisationId) ?? row.organisationId },
    openedBy: nameOf(row.openedBy),
    assignee: row.assigneeId === null ? null : nameOf(row.assigneeId),
    knownErrorId: row.knownErrorId,
  }))
}

function viewCommon({ id, organisationId, kind, title, status, solvedIn, createdAt, changedAt, closedAt }: InquiryRow) {
  return {
    id,
    organisationId,
    kind,
    title,
    status,
    solvedIn,
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
    closedAt: closedAt?.toISOString() ?? null,
  }
}
