// The views of rollouts, with the tally that the judge sees.
import '../tables.ts'
import type { Static } from 'typebox'
import { unknownCursor } from '#platform/errors'
import type { RolloutDeps } from '../deps.ts'
import { findRelease } from '../releases/release-store.ts'
import type { Rollout } from './rollout.ts'
import type { RolloutView } from './rollout-schemas.ts'
import { findRollout, toRollout } from './rollout-store.ts'
import { judge } from './witnesses.ts'

type View = Static<typeof RolloutView>

export interface RolloutFilter {
  productId?: string
  channel?: string
  limit?: number
  /** Id of the last rollout of the page before. */
  after?: string
}

/** Newest first. */
export async function listRolloutViews(
  deps: RolloutDeps,
  filter: RolloutFilter,
): Promise<{ items: View[]; next: string | null }> {
  const limit = filter.limit ?? 50
  let query = deps.db
    .selectFrom('delivery.rollout')
    .innerJoin('delivery.release', 'delivery.release.id', 'delivery.rollout.release_id')
    .selectAll('delivery.rollout')
    .select('delivery.release.version')
  if (filter.productId !== undefined) query = query.where('delivery.rollout.product_id', '=', filter.productId)
  if (filter.channel !== undefined) query = query.where('channel', '=', filter.channel)
  const last = filter.after === undefined ? undefined : await findRollout(deps.db, filter.after)
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
    items: shown.map((row) => toView(toRollout(row), row.version)),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

export async function findRolloutView(deps: RolloutDeps, id: string) {
  const rollout = await findRollout(deps.db, id)
  if (!rollout) return undefined
  const release = await findRelease(deps.db, rollout.releaseId)
  return toView({ ...rollout, tally: await liveTally(deps, rollout) }, release?.version ?? '')
}

/** While it runs, as the judge would see it now; afterwards, and in lists, as it was judged last. */
async function liveTally({ fleet, clock, upSince }: RolloutDeps, rollout: Rollout) {
  const step = rollout.steps[rollout.step]
  if (rollout.state !== 'running' || !step?.startedAt) return rollout.tally
  const installations = (await fleet.listInstallations(rollout)).filter((one) => one.state === 'active')
  const outcomes = await fleet.listOutcomes(rollout.releaseId)
  return judge(rollout, step, { installations, outcomes, now: clock.now(), upSince }).tally
}

function toView(rollout: Rollout, version: string): View {
  const { listenedSince: _listenedSince, ...shown } = rollout
  return {
    ...shown,
    version,
    step: rollout.step + 1,
    startedAt: rollout.startedAt.toISOString(),
    endedAt: rollout.endedAt?.toISOString() ?? null,
  }
}
