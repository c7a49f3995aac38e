// Installations as staff see them, and as customers do.
import type { Schemas } from '@fairway/client'
import { dieOf } from '../dice.ts'
import type { Me } from '../contract.ts'
import type { Condition, Installation, World } from '../world.ts'

/** In the order of need. */
export const CONDITIONS: Condition[] = ['failing', 'degraded', 'silent', 'updating', 'never', 'healthy']
const MINUTE_MS = 60_000

/** Each asks once a minute, at a second of its own. */
export function lastSeenAt({ id, silentSince, condition }: Installation) {
  if (silentSince !== null || condition === 'never') return silentSince
  const sinceMs = (Date.now() + dieOf(id, MINUTE_MS)) % MINUTE_MS
  return new Date(Date.now() - sinceMs).toISOString()
}

export function nameOfOrganisation(world: World, id: string) {
  return world.organisations.find((one) => one.id === id)?.name ?? id
}

type View = Schemas['StaffInstallation'] | Schemas['Installation']
type Details = Schemas['StaffInstallationDetails'] | Schemas['InstallationDetails']

export function viewInstallation(world: World, me: Me, installation: Installation): View {
  const { reports: _reports, outcomes: _outcomes, silentSince: _since, ...inside } = installation
  const { copiedAt, refusedReleaseIds, keyFingerprint, ...own } = inside
  const seen = { ...own, lastSeenAt: lastSeenAt(installation) }
  if (me.kind === 'member') return seen
  const organisation = { id: own.organisationId, name: nameOfOrganisation(world, own.organisationId) }
  return { ...seen, copiedAt, refusedReleaseIds, keyFingerprint, organisation }
}

export function viewInstallationDetails(world: World, me: Me, installation: Installation): Details {
  const { reports, outcomes } = installation
  return { ...viewInstallation(world, me, installation), reports: reports.slice(0, 50), outcomes }
}
