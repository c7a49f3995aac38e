// Takes in what installations told, one thing after the other: what is then true, and what to announce. No input or output.
import type { Announcement, EventName } from '#platform/events'
import { type CheckIn, type Outcome, type Report, type StoredInstallation, whereaboutsOf } from '../installation.ts'
import { isSuperseded } from '../proofs/instance.ts'
import { applyCheckIn, isNews, refuse } from './check-in.ts'
import { applyReport, isEnd, offer } from './outcome.ts'

/** Something that an installation told, or that it was told, and when. */
export type Told = { installationId: string; at: Date } & (
  | { kind: 'check-in'; instance: string; checkIn: CheckIn }
  | { kind: 'reports'; reports: Report[] }
  | { kind: 'offer'; releaseId: string }
)

/** What is known: rows that the caller holds locks of, and what becomes of them. */
export interface Known {
  installations: Map<string, StoredInstallation>
  /** By `outcomeKey`. */
  outcomes: Map<string, Outcome>
  changedInstallations: Set<string>
  changedOutcomes: Set<string>
  announcements: Announcement<EventName>[]
}

export function outcomeKey(installationId: string, releaseId: string) {
  return `${installationId} ${releaseId}`
}

export function hear(known: Known, told: Told) {
  const installation = known.installations.get(told.installationId)
  if (!installation) return
  if (told.kind === 'check-in') hearCheckIn(known, installation, told)
  else if (told.kind === 'offer')
    setOutcome(known, offer(known.outcomes.get(outcomeKey(told.installationId, told.releaseId)), told))
  else for (const report of told.reports) hearReport(known, report, told)
}

function hearCheckIn(
  known: Known,
  installation: StoredInstallation,
  { instance, checkIn, at }: Extract<Told, { kind: 'check-in' }>,
) {
  if (installation.copiedAt === null && isSuperseded(installation, { instance, at })) {
    setInstallation(known, { ...installation, copiedAt: at })
    say(known, installation, { at, name: 'fleet.installation_copied', body: whereaboutsOf(installation) })
  }
  if (!isNews(installation, checkIn)) return
  // Read again: the lines above may have changed it.
  const after = applyCheckIn(known.installations.get(installation.id) ?? installation, checkIn, at)
  setInstallation(known, after)
  const { version, releaseId, health } = after
  const previous = { version: installation.version, health: installation.health }
  say(known, after, {
    at,
    name: 'fleet.installation_reported',
    body: { ...whereaboutsOf(after), version, releaseId, health, previous },
  })
}

function hearReport(known: Known, report: Report, { installationId, at }: Told) {
  const installation = known.installations.get(installationId)
  const before = known.outcomes.get(outcomeKey(installationId, report.releaseId))
  const after = applyReport(before, report, { installationId, at })
  if (!installation || after === before) return
  setOutcome(known, after)
  if (after.kind === 'rolled_back') refuseRelease(known, installation, report.releaseId)
  if (!isEnd(after.kind)) return
  const { releaseId, kind, reason } = after
  say(known, installation, {
    at,
    name: 'fleet.outcome_changed',
    body: { ...whereaboutsOf(installation), releaseId, kind, reason },
  })
}

function refuseRelease(known: Known, installation: StoredInstallation, releaseId: string) {
  const refusedReleaseIds = refuse(installation.refusedReleaseIds, [releaseId])
  if (refusedReleaseIds !== installation.refusedReleaseIds) setInstallation(known, { ...installation, refusedReleaseIds })
}

/** One revision for all that a batch changes. */
function setInstallation(known: Known, installation: StoredInstallation) {
  const revision = installation.revision + (known.changedInstallations.has(installation.id) ? 0 : 1)
  known.installations.set(installation.id, { ...installation, revision })
  known.changedInstallations.add(installation.id)
}

function setOutcome(known: Known, outcome: Outcome) {
  const key = outcomeKey(outcome.installationId, outcome.releaseId)
  if (known.outcomes.get(key) === outcome) return
  known.outcomes.set(key, outcome)
  known.changedOutcomes.add(key)
}

function say<Name extends EventName>(
  known: Known,
  about: StoredInstallation,
  fact: { at: Date } & Pick<Announcement<Name>, 'name' | 'body'>,
) {
  const { id, organisationId } = about
  known.announcements.push({ name: fact.name, subject: id, actor: id, organisationId, occurredAt: fact.at, body: fact.body })
}
