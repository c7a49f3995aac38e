// SQL of orders to go back.
import '../tables.ts'
import type { Reader, Tx } from '#platform/db'

export interface Rollback {
  rolloutId: string
  productId: string
  channel: string
  fromReleaseId: string
  toReleaseId: string
  orderedAt: Date
  orderedBy: string
}

export async function addRollback(tx: Tx, rollback: Rollback) {
  await tx
    .insertInto('delivery.rollback')
    .values({
      rollout_id: rollback.rolloutId,
      product_id: rollback.productId,
      channel: rollback.channel,
      from_release_id: rollback.fromReleaseId,
      to_release_id: rollback.toReleaseId,
      ordered_at: rollback.orderedAt,
      ordered_by: rollback.orderedBy,
    })
    .execute()
}

/** True where there was one. */
export async function removeRollback(tx: Tx, rolloutId: string) {
  const { numDeletedRows } = await tx.deleteFrom('delivery.rollback').where('rollout_id', '=', rolloutId).executeTakeFirst()
  return numDeletedRows === 1n
}

/** Of one product, or of all. */
export async function listRollbacks(db: Reader, productId?: string): Promise<Rollback[]> {
  let query = db.selectFrom('delivery.rollback').selectAll().orderBy('ordered_at')
  if (productId !== undefined) query = query.where('product_id', '=', productId)
  return (await query.execute()).map((row) => ({
    rolloutId: row.rollout_id,
    productId: row.product_id,
    channel: row.channel,
    fromReleaseId: row.from_release_id,
    toReleaseId: row.to_release_id,
    orderedAt: row.ordered_at,
    orderedBy: row.ordered_by,
  }))
}

/** The newest published release that a rollout completed on this channel before this sequence, and that nobody sent back. */
export async function findReleaseBefore(
  db: Reader,
  { productId, channel, sequence }: { productId: string; channel: string; sequence: number },
) {
  return db
    .selectFrom('delivery.rollout as rollout')
    .innerJoin('delivery.release as release', 'release.id', 'rollout.release_id')
    .leftJoin('delivery.rollback as rollback', 'rollback.rollout_id', 'rollout.id')
    .select(['release.id', 'release.version'])
    .where('rollout.product_id', '=', productId)
    .where('rollout.channel', '=', channel)
    .where('rollout.state', '=', 'complete')
    .where('release.state', '=', 'published')
    .where('release.sequence', '<', sequence)
    .where('rollback.rollout_id', 'is', null)
    .orderBy('release.sequence', 'desc')
    .limit(1)
    .executeTakeFirst()
}
