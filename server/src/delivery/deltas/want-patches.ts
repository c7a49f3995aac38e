// Decides which patches of a release are worth making, from what installations run now, and sets the work going.
import { listArtifacts } from '../artifacts/artifact-store.ts'
import type { DeliveryDeps } from '../deps.ts'
import { findRelease } from '../releases/release-store.ts'
import { chooseDictionaries, PATCH_LIMITS } from './choose-dictionaries.ts'
import { addWanted, listEarlier } from './patch-store.ts'

declare module '#platform/jobs' {
  interface Queues {
    'make-patches': { releaseId: string }
  }
}

type WantDeps = Pick<DeliveryDeps, 'db' | 'clock' | 'fleet' | 'jobs'>

/** May be called again: only what is new is wanted then. */
export async function wantPatches({ db, clock, fleet, jobs }: WantDeps, releaseId: string) {
  const release = await findRelease(db, releaseId)
  if (release?.state !== 'published' || release.sequence === null) return
  const { productId, sequence } = release
  const earlierIds = await listEarlier(db, { productId, sequence, limit: PATCH_LIMITS.releasesBack })
  const running = new Map((await fleet.countRunning({ productId })).map((one) => [one.releaseId, one.count]))
  const artifacts = Map.groupBy(await listArtifacts(db, [releaseId, ...earlierIds]), (artifact) => artifact.releaseId)
  const earlier = earlierIds.map((id) => ({ artifacts: artifacts.get(id) ?? [], uses: running.get(id) ?? 0 }))
  const wanted = (artifacts.get(releaseId) ?? []).flatMap((artifact) => chooseDictionaries(artifact, earlier))

  await db.transaction().execute(async (tx) => {
    if ((await addWanted(tx, wanted, clock.now())) > 0) await jobs.send(tx, 'make-patches', { releaseId })
  })
}
