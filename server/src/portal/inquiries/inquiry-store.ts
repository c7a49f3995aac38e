// All SQL of the write side of inquiries. A read takes the database, a write demands a transaction.
import '../tables.ts'
import { type Selectable, sql } from 'kysely'
import type { Reader, Tables, Tx } from '#platform/db'
import { type Closing, type Inquiry, type InquiryStatus, type RanVersion, type Snapshot, waitsSinceAfter } from './inquiry.ts'

export async function addInquiry(
  tx: Tx,
  inquiry: Omit<Inquiry, 'id' | 'number' | 'linkedAt' | 'waitsSince' | 'changedAt' | 'closedAt' | 'closedBy' | 'closing'>,
) {
  const { rows } = await sql<{ number: number }>`select nextval('portal.inquiry_number')::int as number`.execute(tx)
  const number = rows[0]?.number ?? 0
  const row = await tx
    .insertInto('portal.inquiry')
    .values({
      id: `INQ-${number}`,
      number,
      organisation_id: inquiry.organisationId,
      opened_by: inquiry.openedBy,
      kind: inquiry.kind,
      title: inquiry.title,
      text: inquiry.text,
      status: inquiry.status,
      assignee_id: inquiry.assigneeId,
      known_error_id: inquiry.knownErrorId,
      fleet_at_opening: JSON.stringify(inquiry.fleetAtOpening),
      created_at: inquiry.createdAt,
      changed_at: inquiry.createdAt,
      closed_at: null,
      closed_by: null,
      proof: null,
      linked_at: null,
      waits_since: waitsSinceAfter({ waitsSince: null }, { status: inquiry.status, at: inquiry.createdAt }),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toInquiry(row)
}

export async function addSnapshots(tx: Tx, inquiryId: string, snapshots: Snapshot[]) {
  if (snapshots.length === 0) return
  const rows = snapshots.map((one, position) => ({
    inquiry_id: inquiryId,
    installation_id: one.installationId,
    position,
    name: one.name,
    product_id: one.productId,
    channel: one.channel,
    version: one.version,
    health: one.health,
    last_seen_at: one.lastSeenAt,
    last_report: one.lastReport && JSON.stringify(one.lastReport),
  }))
  await tx.insertInto('portal.inquiry_installation').values(rows).execute()
}

export async function findInquiry(db: Reader, id: string) {
  const row = await db.selectFrom('portal.inquiry').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toInquiry(row)
}

/** Holds the row until the transaction ends. Whoever locks the watch of an inquiry too, locks the inquiry first. */
export async function lockInquiry(tx: Tx, id: string) {
  return toInquiry(await tx.selectFrom('portal.inquiry').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow())
}

export async function saveStatus(tx: Tx, inquiry: Inquiry, next: { status: InquiryStatus; at: Date; answered?: boolean }) {
  const { status, at } = next
  await tx
    .updateTable('portal.inquiry')
    .set({ status, changed_at: at, waits_since: waitsSinceAfter(inquiry, next) })
    .where('id', '=', inquiry.id)
    .execute()
}

export async function saveAssignee(tx: Tx, id: string, { assigneeId, at }: { assigneeId: string | null; at: Date }) {
  await tx.updateTable('portal.inquiry').set({ assignee_id: assigneeId, changed_at: at }).where('id', '=', id).execute()
}

export async function saveKnownErrorOf(tx: Tx, id: string, { knownErrorId, at }: { knownErrorId: string | null; at: Date }) {
  await tx
    .updateTable('portal.inquiry')
    .set({ known_error_id: knownErrorId, linked_at: knownErrorId === null ? null : at, changed_at: at })
    .where('id', '=', id)
    .execute()
}

export async function saveClosed(
  tx: Tx,
  id: string,
  closed: { status: InquiryStatus; at: Date; by: string; closing: Closing | null },
) {
  const { status, at, by, closing } = closed
  await tx
    .updateTable('portal.inquiry')
    .set({ status, changed_at: at, closed_at: at, closed_by: by, proof: closing && JSON.stringify(closing), waits_since: null })
    .where('id', '=', id)
    .execute()
}

/** What closed it is no longer true, so it is taken away; the log and the messages keep what was said. */
export async function saveReopened(tx: Tx, inquiry: Inquiry, { status, at }: { status: InquiryStatus; at: Date }) {
  const waits = waitsSinceAfter(inquiry, { status, at })
  await tx
    .updateTable('portal.inquiry')
    .set({ status, changed_at: at, closed_at: null, closed_by: null, proof: null, waits_since: waits })
    .where('id', '=', inquiry.id)
    .execute()
}

export async function listSnapshots(db: Reader, inquiryId: string): Promise<Snapshot[]> {
  const rows = await db
    .selectFrom('portal.inquiry_installation')
    .selectAll()
    .where('inquiry_id', '=', inquiryId)
    .orderBy('position')
    .execute()
  return rows.map((row) => ({
    installationId: row.installation_id,
    name: row.name,
    productId: row.product_id,
    channel: row.channel,
    version: row.version,
    health: row.health,
    lastSeenAt: row.last_seen_at,
    lastReport: toReport(row.last_report),
  }))
}

function toReport(value: unknown): Snapshot['lastReport'] {
  // Written by addSnapshots; JSON made text of its date.
  const report = value as { kind: string; at: string; reason: string | null } | null
  return report && { ...report, at: new Date(report.at) }
}

function toInquiry(row: Selectable<Tables['portal.inquiry']>): Inquiry {
  return {
    id: row.id,
    number: row.number,
    organisationId: row.organisation_id,
    openedBy: row.opened_by,
    kind: row.kind,
    title: row.title,
    text: row.text,
    status: row.status,
    assigneeId: row.assignee_id,
    knownErrorId: row.known_error_id,
    linkedAt: row.linked_at,
    waitsSince: row.waits_since,
    // Written by addInquiry.
    fleetAtOpening: row.fleet_at_opening as RanVersion[],
    createdAt: row.created_at,
    changedAt: row.changed_at,
    closedAt: row.closed_at,
    closedBy: row.closed_by,
    closing: toClosing(row.proof),
  }
}

export function toClosing(value: unknown): Closing | null {
  if (value === null) return null
  // Written by saveClosed; JSON made text of its dates.
  const closing = value as Closing
  return {
    ...closing,
    at: new Date(closing.at),
    proof: closing.proof.map((one) => ({ ...one, healthySince: new Date(one.healthySince) })),
    silent: closing.silent.map((one) => ({ ...one, lastSeenAt: one.lastSeenAt && new Date(one.lastSeenAt) })),
  }
}
