// The views of rollouts, with the tally that the judge sees.
import '../tables.ts'
import type { Static } from 'typebox'
import type { DeliveryDeps } from '../deps.ts'
import { findRelease } from '../releases/release-store.ts'
import { judge } from './advance-rollout.ts'
import type { Rollout } from './rollout.ts'
import type { RolloutView } from './rollout-schemas.ts'
import { findRollout, toRollout } from './rollout-store.ts'

type View = Static<typeof RolloutView>
type Deps = Pick<DeliveryDeps, 'db' | 'clock' | 'fleet'>

export interface RolloutFilter {
  productId?: string
  channel?: string
  limit?: number
  /** Id of the last rollout of the page before. */
  after?: string
}

/** Newest first. */
export async function listRolloutViews(deps: Deps, filter: RolloutFilter): Promise<{ items: View[]; next: string | null }> {
  const limit = filter.limit ?? 50
  let query = deps.db.selectFrom('delivery.rollout').selectAll()
  if (filter.productId !== undefined) query = query.where('product_id', '=', filter.productId)
  if (filter.channel !== undefined) query = query.where('channel', '=', filter.channel)
  const last = filter.after === undefined ? undefined : await findRollout(deps.db, filter.after)
  if (last) query = query.where((eb) => eb(eb.refTuple('started_at', 'id'), '<', eb.tuple(last.startedAt, last.id)))
  const rows = await query
    .orderBy('started_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const rollouts = rows.slice(0, limit).map(toRollout)
  return {
    items: await Promise.all(rollouts.map((rollout) => toView(deps, rollout))),
    next: rows.length > limit ? (rollouts.at(-1)?.id ?? null) : null,
  }
}

export async function findRolloutView(deps: Deps, id: string) {
  const rollout = await findRollout(deps.db, id)
  return rollout && toView(deps, rollout)
}

async function toView({ db, fleet, clock }: Deps, rollout: Rollout): Promise<View> {
  const release = await findRelease(db, rollout.releaseId)
  const step = rollout.steps[rollout.step]
  const installations = (await fleet.listInstallations(rollout)).filter((one) => one.state === 'active')
  const outcomes = await fleet.listOutcomes(rollout.releaseId)
  const none = { members: 0, healthy: 0, failed: 0, pending: 0, notSeen: 0 }
  const tally = step?.startedAt
    ? judge(rollout, step, { installations, outcomes, now: rollout.endedAt ?? clock.now() }).tally
    : none
  return {
    ...rollout,
    version: release?.version ?? '',
    step: rollout.step + 1,
    tally,
    startedAt: rollout.startedAt.toISOString(),
    endedAt: rollout.endedAt?.toISOString() ?? null,
  }
}
