// SQL of the list of rollouts, each as it was judged last.
import '../tables.ts'
import type { Static } from 'typebox'
import type { Db } from '#platform/db'
import { unknownCursor } from '#platform/errors'
import type { Rollout } from './rollout.ts'
import type { RolloutView } from './rollout-schemas.ts'
import { findRollout, toRollout } from './rollout-store.ts'

type View = Static<typeof RolloutView>

export interface RolloutFilter {
  productId?: string
  channel?: string
  limit?: number
  /** Id of the last rollout of the page before. */
  after?: string
}

/** Newest first. */
export async function listRolloutViews(db: Db, filter: RolloutFilter): Promise<{ items: View[]; next: string | null }> {
  const limit = filter.limit ?? 50
  let query = db
    .selectFrom('delivery.rollout')
    .innerJoin('delivery.release', 'delivery.release.id', 'delivery.rollout.release_id')
    .innerJoin('delivery.product', 'delivery.product.id', 'delivery.rollout.product_id')
    .selectAll('delivery.rollout')
    .select(['delivery.release.version', 'delivery.product.name as productName'])
  if (filter.productId !== undefined) query = query.where('delivery.rollout.product_id', '=', filter.productId)
  if (filter.channel !== undefined) query = query.where('channel', '=', filter.channel)
  const last = filter.after === undefined ? undefined : await findRollout(db, filter.after)
  if (filter.after !== undefined && !last) throw unknownCursor()
  if (last)
    query = query.where((eb) => eb(eb.refTuple('started_at', 'delivery.rollout.id'), '<', eb.tuple(last.startedAt, last.id)))
  const rows = await query
    .orderBy('started_at', 'desc')
    .orderBy('delivery.rollout.id', 'desc')
    .limit(limit + 1)
    .execute()
  const shown = rows.slice(0, limit)
  return {
    items: shown.map((row) => showRollout(toRollout(row), row)),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** What the list and the details of a rollout have in common. */
export function showRollout(rollout: Rollout, { version, productName }: { version: string; productName: string }): View {
  const { id, productId, channel, releaseId, state, because, silentAfterSeconds, tally } = rollout
  return {
    id,
    productId,
    product: { id: productId, name: productName },
    channel,
    releaseId,
    version,
    state,
    because,
    step: rollout.step + 1,
    steps: rollout.steps.map(({ percent, bakeSeconds, startedAt, size }) => ({ percent, bakeSeconds, startedAt, size })),
    silentAfterSeconds,
    tally,
    startedAt: rollout.startedAt.toISOString(),
    endedAt: rollout.endedAt?.toISOString() ?? null,
  }
}
