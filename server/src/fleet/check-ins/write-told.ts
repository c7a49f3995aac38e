// Writes a batch of what installations told in one transaction, and brings the roster up to date after its commit.
import { announce } from '#platform/events'
import type { Tx } from '#platform/db'
import type { FleetParts } from '../deps.ts'
import { lockInstallations, saveHeard } from '../installations/installation-store.ts'
import { hear, type Known, outcomeKey, type Told } from './hear.ts'
import { addReports, listOutcomesOf, saveOutcomes } from './told-store.ts'

export async function writeTold({ db, roster }: Pick<FleetParts, 'db' | 'roster'>, batch: Told[]) {
  const installations = await db.transaction().execute(async (tx) => {
    const known = await gather(tx, batch)
    for (const told of await withoutRepetitions(tx, known, batch)) hear(known, told)
    await saveHeard(
      tx,
      [...known.installations.values()].filter(({ id }) => known.changedInstallations.has(id)),
    )
    await saveOutcomes(
      tx,
      [...known.changedOutcomes].flatMap((key) => known.outcomes.get(key) ?? []),
    )
    for (const announcement of known.announcements) await announce(tx, announcement)
    return known.installations
  })
  // Also those that did not change: the roster may have been behind.
  for (const installation of installations.values()) roster.put(installation)
}

async function gather(tx: Tx, batch: Told[]): Promise<Known> {
  const ids = [...new Set(batch.map(({ installationId }) => installationId))]
  const installations = await lockInstallations(tx, ids)
  const outcomes = await listOutcomesOf(tx, batch.flatMap(pairsOf))
  return {
    installations: new Map(installations.map((installation) => [installation.id, installation])),
    outcomes: new Map(outcomes.map((outcome) => [outcomeKey(outcome.installationId, outcome.releaseId), outcome])),
    changedInstallations: new Set(),
    changedOutcomes: new Set(),
    announcements: [],
  }
}

function pairsOf(told: Told) {
  const { installationId } = told
  if (told.kind === 'check-in') return []
  const releaseIds = told.kind === 'offer' ? [told.releaseId] : told.reports.map(({ releaseId }) => releaseId)
  return releaseIds.map((releaseId) => ({ installationId, releaseId }))
}

/** Stores the reports, and leaves in the batch only those that are new, each once. */
async function withoutRepetitions(tx: Tx, { installations }: Known, batch: Told[]): Promise<Told[]> {
  const reports = batch.flatMap((told) =>
    told.kind === 'reports' && installations.has(told.installationId)
      ? told.reports.map((report) => ({ ...report, installationId: told.installationId, receivedAt: told.at }))
      : [],
  )
  const fresh = await addReports(tx, reports)
  const isNew = (installationId: string, reportId: string) => fresh.delete(`${installationId} ${reportId}`)
  return batch.map((told) =>
    told.kind === 'reports'
      ? { ...told, reports: told.reports.filter(({ reportId }) => isNew(told.installationId, reportId)) }
      : told,
  )
}
