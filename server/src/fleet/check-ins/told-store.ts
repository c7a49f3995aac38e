// All SQL of what installations told: reports and outcomes.
import '../tables.ts'
import { type Selectable, sql } from 'kysely'
import type { Db, Reader, Tables, Tx } from '#platform/db'
import type { FetchedCount, Outcome, Report } from '../installation.ts'

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
    insert into fleet.outcome (installation_id, release_id, kind, offered_at, at, reason, fetched_bytes, fetched_how)
    select o."installationId", o."releaseId", o.kind, o."offeredAt", o.at, o.reason, (o.fetched->>'bytes')::bigint, o.fetched->>'how'
    from json_to_recordset(${JSON.stringify(outcomes)}::json) as o(
      "installationId" text, "releaseId" text, kind text, "offeredAt" timestamptz, at timestamptz, reason text, fetched json)
    on conflict (installation_id, release_id) do update set kind = excluded.kind, at = excluded.at, reason = excluded.reason,
      fetched_bytes = excluded.fetched_bytes, fetched_how = excluded.fetched_how`.execute(tx)
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

/** What installations told that a release cost them. */
export async function countFetched(db: Reader, releaseId: string): Promise<FetchedCount[]> {
  const rows = await db
    .selectFrom('fleet.outcome as outcome')
    .innerJoin('fleet.installation as installation', 'installation.id', 'outcome.installation_id')
    .select(['installation.platform', 'installation.arch', 'outcome.fetched_how as how'])
    .select([sql<string>`sum(outcome.fetched_bytes)`.as('bytes'), sql<number>`count(*)::int`.as('installations')])
    .where('outcome.release_id', '=', releaseId)
    .where('outcome.fetched_how', 'is not', null)
    .groupBy(['installation.platform', 'installation.arch', 'outcome.fetched_how'])
    .execute()
  // Asked for above: not null.
  return rows.map((row) => ({ ...row, how: row.how as 'patch' | 'whole', bytes: Number(row.bytes) }))
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
    ...(row.fetched_how && { fetched: { bytes: Number(row.fetched_bytes), how: row.fetched_how } }),
  }
}
