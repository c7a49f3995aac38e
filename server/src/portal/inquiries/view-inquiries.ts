// The list of inquiries: a customer sees those of the own organisation, staff all.
import { type Actor, actorLabel } from '#identity'
import { Refusal } from '#platform/errors'
import type { PortalDeps } from '../deps.ts'
import { limitOf } from '../page-cursor.ts'
import { namePeople } from '../people.ts'
import { type InquirySort, readPlace, writePlace } from './inquiry-cursor.ts'
import type { CustomerSummary, InquirySearch, StaffSummary } from './inquiry-list-schemas.ts'
import { maySeeInside } from './inquiry-policy.ts'
import { type InquiryRow, listInquiries, listNamedInstallations } from './inquiry-queries.ts'
import { listLastMessages } from './message-store.ts'

type Deps = Pick<PortalDeps, 'db' | 'identity'>

const MOST_NAMED = 3

export async function viewInquiries(deps: Deps, actor: Actor, search: InquirySearch) {
  const limit = limitOf(search)
  const { after, assigneeId, sort = 'newest', ...filter } = search
  const rows = await listInquiries(deps.db, {
    ...filter,
    organisationId: whoseInquiries(actor, search),
    assigneeId: whoHandles(actor, assigneeId),
    sort,
    behind: readPlace(sort, after),
    limit: limit + 1,
  })
  const shown = rows.slice(0, limit)
  const next = nextOf(sort, shown, rows.length > limit)
  return maySeeInside(actor)
    ? { items: await viewForStaff(deps, shown), next }
    : { items: await viewForCustomer(deps, shown), next }
}

function nextOf(sort: InquirySort, shown: InquiryRow[], hasMore: boolean) {
  const last = hasMore ? shown.at(-1) : undefined
  return last ? writePlace(sort, last) : null
}

/** @returns the organisation; undefined: of all customers. */
export function whoseInquiries(
  actor: Actor,
  {
    organisationId,
    knownErrorId,
    assigneeId,
    sort,
  }: Pick<InquirySearch, 'organisationId' | 'knownErrorId' | 'assigneeId' | 'sort'> = {},
) {
  if (actor.kind !== 'member') return organisationId
  if (organisationId !== undefined && organisationId !== actor.organisationId)
    throw new Refusal('not_found', 'organisation.unknown', `There is no organisation ${organisationId}.`)
  if (knownErrorId !== undefined || assigneeId !== undefined)
    throw new Refusal('forbidden', 'inquiry.filter_not_yours', 'Only staff can filter by known error or by who handles it.')
  if (sort === 'waiting') throw new Refusal('forbidden', 'inquiry.filter_not_yours', 'Only staff can sort by who waits longest.')
  return actor.organisationId
}

function whoHandles(actor: Actor, assigneeId: string | undefined) {
  if (assigneeId === 'none') return null
  return assigneeId === 'me' ? actorLabel(actor) : assigneeId
}

async function viewForCustomer(deps: Deps, rows: InquiryRow[]): Promise<CustomerSummary[]> {
  const nameOf = await namePeople(
    deps,
    rows.map((row) => row.openedBy),
  )
  const installationsOf = await findInstallations(deps, rows)
  return rows.map((row) => ({
    view: 'customer' as const,
    ...viewCommon(row),
    openedBy: { name: nameOf(row.openedBy).name },
    installations: installationsOf(row),
  }))
}

async function viewForStaff(deps: Deps, rows: InquiryRow[]): Promise<StaffSummary[]> {
  const nameOf = await namePeople(
    deps,
    rows.flatMap((row) => [row.openedBy, row.assigneeId]),
  )
  const organisations = await deps.identity.organisationsByIds([...new Set(rows.map((row) => row.organisationId))])
  const names = new Map(organisations.map((one) => [one.id, one.name]))
  const installationsOf = await findInstallations(deps, rows)
  const lastMessages = await listLastMessages(
    deps.db,
    rows.map((row) => row.id),
  )
  return rows.map((row) => ({
    view: 'staff' as const,
    ...viewCommon(row),
    organisation: { id: row.organisationId, name: names.get(row.organisationId) ?? row.organisationId },
    openedBy: nameOf(row.openedBy),
    assignee: row.assigneeId === null ? null : nameOf(row.assigneeId),
    knownErrorId: row.knownErrorId,
    productId: row.productId,
    installations: installationsOf(row),
    waitsSince: row.waitsSince?.toISOString() ?? null,
    lastMessage: lastMessages.get(row.id) ?? null,
  }))
}

async function findInstallations({ db }: Deps, rows: InquiryRow[]) {
  const ids = rows.map((row) => row.id)
  const named = await listNamedInstallations(db, ids, MOST_NAMED)
  return ({ id: inquiryId }: InquiryRow) => (named.get(inquiryId) ?? []).map(({ id, name }) => ({ id, name }))
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
