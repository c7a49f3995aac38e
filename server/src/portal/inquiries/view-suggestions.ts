// Gathers what the suggestion of known errors is judged by; nothing is suggested where one is tied already, or nobody asks any more.
import { after } from '#platform/clock'
import { fixesAmong } from '../closing/fixes-of.ts'
import type { PortalDeps } from '../deps.ts'
import { listKnownErrors } from '../known-errors/known-error-store.ts'
import { type Inquiry, isClosed, type RanVersion, type Snapshot } from './inquiry.ts'
import { listLinkedSince } from './inquiry-queries.ts'
import { type Candidate, type Suggestion, suggestKnownErrors } from './suggest-known-errors.ts'

type Deps = Pick<PortalDeps, 'db' | 'clock' | 'fleet' | 'delivery'>

const LATELY_MS = 14 * 86_400_000
/** Open known errors of a product that are looked at, the newest. */
const MOST_CANDIDATES = 200

export async function viewSuggestions(deps: Deps, inquiry: Inquiry, snapshots: Snapshot[]): Promise<Suggestion[]> {
  if (isClosed(inquiry) || inquiry.knownErrorId !== null) return []
  const ran = await whatRuns(deps, inquiry, snapshots)
  const candidates = await findCandidates(deps, [...new Set(ran.map((one) => one.productId))])
  const askedLately = await listLinkedSince(deps.db, after(deps.clock.now(), -LATELY_MS))
  return suggestKnownErrors({ title: inquiry.title, ran, candidates, askedLately: new Set(askedLately) })
}

/** When it was asked, and now: what was updated since may have had it, what was not may have it still. */
async function whatRuns(
  { fleet }: Deps,
  { fleetAtOpening, organisationId }: Inquiry,
  snapshots: Snapshot[],
): Promise<RanVersion[]> {
  if (snapshots.length === 0) {
    if (fleetAtOpening.length > 0) return fleetAtOpening
    return toRan(await fleet.listOfOrganisation(organisationId))
  }
  const now = await fleet.installationsByIds(snapshots.map((one) => one.installationId))
  return [...toRan(snapshots.map((one) => ({ ...one, id: one.installationId }))), ...toRan(now)]
}

function toRan(installations: { id: string; productId: string; version: string | null }[]): RanVersion[] {
  return installations.flatMap(({ id, productId, version }) =>
    version === null ? [] : [{ installationId: id, productId, version }],
  )
}

async function findCandidates({ db, delivery }: Deps, productIds: string[]): Promise<Candidate[]> {
  const candidates: Candidate[] = []
  for (const productId of productIds) {
    const errors = await listKnownErrors(db, {
      productIds: [productId],
      withDrafts: false,
      state: 'open',
      limit: MOST_CANDIDATES,
    })
    const releases = errors.length > 0 ? await delivery.listReleases(productId) : []
    candidates.push(...errors.map((error) => ({ ...error, fixes: fixesAmong(releases, { knownErrorId: error.id }) })))
  }
  return candidates
}
