// Reads what each channel of a product carries: published releases that a rollout took there, with their files.
import '../tables.ts'
import type { Reader } from '#platform/db'
import { listArtifacts } from '../artifacts/artifact-store.ts'
import { listRollbacks } from '../rollouts/rollback-store.ts'
import type { CarriedRelease } from './wanted-targets.ts'

/** By channel; a channel that carries nothing yet has an empty list. */
export async function listCarried(db: Reader, productId: string): Promise<Record<string, CarriedRelease[]>> {
  const channels = await db.selectFrom('delivery.channel').select('name').where('product_id', '=', productId).execute()
  const rows = await db
    .selectFrom('delivery.rollout as rollout')
    .innerJoin('delivery.release as release', 'release.id', 'rollout.release_id')
    .distinct()
    .select(['rollout.channel', 'release.id', 'release.version', 'release.sequence', 'release.published_at'])
    .where('rollout.product_id', '=', productId)
    .where('release.state', '=', 'published')
    .execute()
  const artifacts = Map.groupBy(
    await listArtifacts(
      db,
      rows.map(({ id }) => id),
    ),
    ({ releaseId }) => releaseId,
  )
  const rollbacks = await listRollbacks(db, productId)
  const carried = rows.map(({ channel, id, version, sequence, published_at }) => ({
    channel,
    id,
    version,
    // A constraint of the table: only drafts are without.
    sequence: sequence as number,
    publishedAt: published_at as Date,
    artifacts: artifacts.get(id) ?? [],
    replaces: rollbacks
      .filter((one) => one.channel === channel && one.toReleaseId === id)
      .map(({ fromReleaseId }) => fromReleaseId),
  }))
  return Object.fromEntries(channels.map(({ name }) => [name, carried.filter(({ channel }) => channel === name)]))
}
