// Gathers the facts of an inquiry's stations, and gives them their wire form.
import { firstFix, fixHeldBy, newestFix } from '../closing/fixed-version.ts'
import { fixesAmong } from '../closing/fixes-of.ts'
import type { Watch } from '../closing/watch.ts'
import type { PortalDeps } from '../deps.ts'
import type { Inquiry } from './inquiry.ts'
import { type Arrived, isOnAll, type StationFacts, stationsOf } from './stations.ts'

export type Releases = Awaited<ReturnType<PortalDeps['delivery']['listReleases']>>

interface Gathered {
  inquiry: Inquiry
  watch: Watch | undefined
  /** Of the product of the known error. */
  releases: Releases
  /** Undefined where the reader may not see it. */
  knownErrorId: string | undefined
}

export async function viewStations(deps: Pick<PortalDeps, 'fleet'>, gathered: Gathered) {
  const { inquiry, watch, knownErrorId } = gathered
  const facts: StationFacts = {
    createdAt: inquiry.createdAt,
    cause: inquiry.knownErrorId === null ? null : { knownErrorId, at: inquiry.linkedAt },
    closed: inquiry.closedAt && { at: inquiry.closedAt, byItself: inquiry.closing !== null },
    because: watch?.because ?? '',
    awaited: (watch?.waitsFor ?? []).map((one) => one.name),
    ...(inquiry.closing ? provenFacts(inquiry.closing, gathered) : await expectedFacts(deps, gathered)),
  }
  return stationsOf(facts).map(({ at, ...station }) => ({ ...station, at: at?.toISOString() ?? null }))
}

type FixFacts = Pick<StationFacts, 'fix' | 'arrived'>

/** What closed it stays as it was then, whatever has been published since. */
function provenFacts(closing: NonNullable<Inquiry['closing']>, { releases }: Gathered): FixFacts {
  const release = releases.find((one) => one.id === closing.releaseId)
  return {
    fix: { version: closing.version, publishedAt: release?.publishedAt ?? null },
    arrived: closing.proof.map(({ name, version, healthySince }) => ({ name, version, since: healthySince })),
  }
}

async function expectedFacts({ fleet }: Pick<PortalDeps, 'fleet'>, { watch, releases }: Gathered): Promise<FixFacts> {
  if (!watch) return { fix: null, arrived: [] }
  const fixes = fixesAmong(releases, { knownErrorId: watch.knownErrorId, distrusted: watch.distrustedReleaseIds })
  const waiting = isOnAll(watch.because) ? watch.waitsFor.map((one) => one.installationId) : []
  const arrived: Arrived[] = []
  const held = []
  for (const { name, version, healthySince } of waiting.length > 0 ? await fleet.installationsByIds(waiting) : []) {
    const fix = fixHeldBy(version, fixes)
    if (fix) held.push({ fix, fixVersion: fix.version })
    if (version !== null) arrived.push({ name, version, since: healthySince })
  }
  const fix = held.length > 0 ? firstFix(held).fix : newestFix(fixes.fixes)
  const release = fix && releases.find((one) => one.id === fix.releaseId)
  return { fix: release ? { version: release.version, publishedAt: release.publishedAt } : null, arrived }
}
