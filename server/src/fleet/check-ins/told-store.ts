// All SQL of what installations told: reports and outcomes.
import '../tables.ts'
import { type Selectable, sql } from 'kysely'
import type { Db, Reader, Tables, Tx } from '#platform/db'
import type { Outcome, Report } from '../installation.ts'

export interface NewReport extends Report {
  installationId: string
  receivedAt: Date
}

/** Stores reports that are not stored yet; returns `<installation> <report>` of those. */
export async function addReports(tx: Tx, reports: NewReport[]) {
  if (reports.length === 0) return new Set<string>()
  const { rows } = await sql<{ key: string }>`
    insert into fleet.report (installation_id, report_id, release_id, kind, version, reason, received_at)
    select r."installationId", r."reportId", r."releaseId", r.kind, r.version, r.reason, r."receivedAt"
    from rows from (json_to_recordset(${JSON.stringify(reports)}::json) as (
      "installationId" text, "reportId" text, "releaseId" text, kind text, version text, reason text, "receivedAt" timestamptz
    )) with ordinality as r ("installationId", "reportId", "releaseId", kind, version, reason, "receivedAt", place)
    order by r.place
    on conflict do nothing
    returning installation_id || ' ' || report_id as key`.execute(tx)
  return new Set(rows.map(({ key }) => key))
}

/** Outcomes of these pairs; the locks of their installations hold them. */
export async function listOutcomesOf(tx: Tx, pairs: { installationId: string; releaseId: string }[]) {
  if (pairs.length === 0) return []
  const rows = await tx
    .selectFrom('fleet.outcome')
    .selectAll()
    .where(
      sql<boolean>`(installation_id, release_id) in (select * from unnest(${pairs.map((pair) => pair.installationId)}::text[], ${pairs.map((pair) => pair.releaseId)}::text[]))`,
    )
    .execute()
  return rows.map(toOutcome)
}

export async function saveOutcomes(tx: Tx, outcomes: Outcome[]) {
  if (outcomes.length === 0) return
  await sql`
    insert into fleet.outcome (installation_id, release_id, kind, offered_at, at, reason)
    select o."installationId", o."releaseId", o.kind, o."offeredAt", o.at, o.reason
    from json_to_recordset(${JSON.stringify(outcomes)}::json) as o(
      "installationId" text, "releaseId" text, kind text, "offeredAt" timestamptz, at timestamptz, reason text)
    on conflict (installation_id, release_id) do update set kind = excluded.kind, at = excluded.at, reason = excluded.reason`.execute(
    tx,
  )
}

export async function listOutcomesOfRelease(db: Db, releaseId: string) {
  const rows = await db
    .selectFrom('fleet.outcome')
    .selectAll()
    .where('release_id', '=', releaseId)
    .orderBy('installation_id')
    .execute()
  return rows.map(toOutcome)
}

/** Newest first. */
export async function listOutcomesOfInstallation(db: Reader, installationId: string, limit: number) {
  const rows = await db
    .selectFrom('fleet.outcome')
    .selectAll()
    .where('installation_id', '=', installationId)
    .orderBy('at', 'desc')
    .orderBy('release_id')
    .limit(limit)
    .execute()
  return rows.map(toOutcome)
}

function toOutcome(row: Selectable<Tables['fleet.outcome']>): Outcome {
  return {
    installationId: row.installation_id,
    releaseId: row.release_id,
    kind: row.kind,
    offeredAt: row.offered_at,
    at: row.at,
    reason: row.reason,
  }
}
