// SQL of the list of inquiries: one function, whose first condition is whose inquiries they are.
import '../tables.ts'
import { sql } from 'kysely'
import type { Reader } from '#platform/db'
import type { InquirySort, Place } from './inquiry-cursor.ts'
import { CLOSED_STATUSES, type InquiryKind, type InquiryStatus, OPEN_STATUSES } from './inquiry.ts'

export interface InquiryFilter {
  /** Undefined: of all customers. */
  organisationId: string | undefined
  state?: 'open' | 'closed' | InquiryStatus | undefined
  knownErrorId?: string | undefined
  /** Null: of nobody. */
  assigneeId?: string | null | undefined
  /** One that names it. */
  installationId?: string | undefined
  /** Part of the title or of the id. */
  q?: string | undefined
  sort: InquirySort
  behind?: Place | undefined
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
  /** Of the first installation that it names, else of its known error. */
  productId: string | null
  solvedIn: string | null
  waitsSince: Date | null
  createdAt: Date
  changedAt: Date
  closedAt: Date | null
}

const WAITS_SINCE = sql`coalesce(waits_since, 'infinity')`
/** What does not wait for us stands last, oldest first. */
const ORDERS = {
  newest: sql`number desc`,
  changed: sql`changed_at desc, number desc`,
  waiting: sql`${WAITS_SINCE}, number`,
}

export async function listInquiries(db: Reader, filter: InquiryFilter): Promise<InquiryRow[]> {
  const { sort, behind, q } = filter
  const pattern = q === undefined ? undefined : `%${q.replaceAll(/[\\%_]/g, '\\$&')}%`
  const conditions = [
    filter.organisationId === undefined ? sql`true` : sql`organisation_id = ${filter.organisationId}`,
    ...(filter.state ? [sql`status = any(${statusesOf(filter.state)})`] : []),
    ...(filter.knownErrorId ? [sql`known_error_id = ${filter.knownErrorId}`] : []),
    ...(filter.assigneeId === undefined ? [] : [sql`assignee_id is not distinct from ${filter.assigneeId}`]),
    ...(filter.installationId
      ? [sql`id in (select inquiry_id from portal.inquiry_installation where installation_id = ${filter.installationId})`]
      : []),
    ...(pattern === undefined ? [] : [sql`(title ilike ${pattern} or id ilike ${pattern})`]),
    ...(behind ? [isBehind(sort, behind)] : []),
  ]
  const { rows } = await sql<InquiryRow>`
    select id, number, organisation_id as "organisationId", opened_by as "openedBy", kind, title, status,
      assignee_id as "assigneeId", known_error_id as "knownErrorId", proof->>'version' as "solvedIn", waits_since as "waitsSince",
      created_at as "createdAt", changed_at as "changedAt", closed_at as "closedAt",
      coalesce(
        (select product_id from portal.inquiry_installation where inquiry_id = inquiry.id and position = 0),
        (select product_id from portal.known_error where known_error.id = inquiry.known_error_id)) as "productId"
    from portal.inquiry where ${sql.join(conditions, sql` and `)}
    order by ${ORDERS[sort]} limit ${filter.limit}`.execute(db)
  return rows
}

function isBehind(sort: InquirySort, { at, number }: Place) {
  if (sort === 'newest') return sql`number < ${number}`
  if (sort === 'changed') return sql`(changed_at, number) < (${at}::timestamptz, ${number}::int)`
  return sql`(${WAITS_SINCE}, number) > (coalesce(${at}::timestamptz, 'infinity'), ${number}::int)`
}

/** The installations that each names, the first ones. */
export async function listNamedInstallations(db: Reader, inquiryIds: string[], most: number) {
  const rows = await db
    .selectFrom('portal.inquiry_installation')
    .select(['inquiry_id as inquiryId', 'installation_id as id', 'name'])
    .where((eb) => eb('inquiry_id', '=', eb.fn.any(eb.val(inquiryIds))))
    .where('position', '<', most)
    .orderBy('position')
    .execute()
  return Map.groupBy(rows, (row) => row.inquiryId)
}

/** The known errors that inquiries were tied to since then. */
export async function listLinkedSince(db: Reader, since: Date) {
  const rows = await db
    .selectFrom('portal.inquiry')
    .select('known_error_id')
    .distinct()
    .where('known_error_id', 'is not', null)
    .where('linked_at', '>=', since)
    .execute()
  return rows.flatMap((row) => row.known_error_id ?? [])
}

export interface InquiryCounts {
  new: number
  withUs: number
  waitsForCustomer: number
  open: number
  mine: number
  unassigned: number
  closed: number
  closedByThemselves: number
}

/** How many are open now, and how many of the closed ones closed since then. */
export async function countInquiries(
  db: Reader,
  { organisationId, mineId, since }: { organisationId: string | undefined; mineId: string; since: Date },
): Promise<InquiryCounts> {
  const whose = organisationId === undefined ? sql`true` : sql`organisation_id = ${organisationId}`
  const { rows } = await sql<InquiryCounts>`
    select open.*, closed.* from
      (select count(*)::int as open,
        count(*) filter (where status = 'new')::int as new,
        count(*) filter (where status in ('with_us', 'reopened'))::int as "withUs",
        count(*) filter (where status = 'waits_for_customer')::int as "waitsForCustomer",
        count(*) filter (where assignee_id = ${mineId})::int as mine,
        count(*) filter (where assignee_id is null)::int as unassigned
      from portal.inquiry where status not in ('closed', 'closed_by_itself') and ${whose}) as open,
      (select count(*)::int as closed, count(*) filter (where status = 'closed_by_itself')::int as "closedByThemselves"
      from portal.inquiry where closed_at >= ${since} and ${whose}) as closed`.execute(db)
  const [counts] = rows
  if (!counts) throw new Error('Counting gave no row.')
  return counts
}

/** `closed` means both ways of closing, since people look for what is done. */
function statusesOf(state: 'open' | 'closed' | InquiryStatus): InquiryStatus[] {
  if (state === 'open') return [...OPEN_STATUSES]
  if (state === 'closed') return [...CLOSED_STATUSES]
  return [state]
}
