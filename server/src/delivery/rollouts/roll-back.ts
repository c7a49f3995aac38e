// Sends everybody who runs a rollout's release back to the one before it: halts what is under way, and signs the order.
import { type Actor, actorLabel } from '#identity'
import type { Tx } from '#platform/db'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { DeliveryDeps } from '../deps.ts'
import type { Release } from '../releases/release.ts'
import { findRelease } from '../releases/release-store.ts'
import { settleRepository } from '../trust/settle-repository.ts'
import { addRollback, findReleaseBefore, listRollbacks, removeRollback, type Rollback } from './rollback-store.ts'
import { type Rollout, whyNotRollBack } from './rollout.ts'
import { maySteerRollouts } from './rollout-policy.ts'
import { findRollout, lockRollout } from './rollout-store.ts'
import { factOf, haltNow } from './steer-rollout.ts'

type Deps = Pick<DeliveryDeps, 'db' | 'clock' | 'secrets'>

export async function rollBack(deps: Deps, actor: Actor, { rolloutId, reason }: { rolloutId: string; reason: string }) {
  const { release } = await getSteerable(deps, actor, rolloutId)
  await deps.db.transaction().execute(async (tx) => {
    const rollout = await lockRollout(tx, rolloutId)
    const before = await findReleaseBefore(tx, { ...rollout, sequence: release.sequence ?? 0 })
    const ordered = await listRollbacks(tx, rollout.productId)
    const refused = whyNotRollBack(rollout, { before, ordered })
    if (refused) throw new Refusal('conflict', refused.code, refused.detail)
    const now = deps.clock.now()
    const told = { actor: actorLabel(actor), because: reason, version: release.version, at: now }
    if (rollout.state === 'running' || rollout.state === 'paused') await haltNow(tx, rollout, told)
    if (before) await order(tx, rollout, { before, by: told.actor, now, version: release.version })
    await settleRepository(tx, deps, { productId: rollout.productId, now })
  })
}

async function order(
  tx: Tx,
  rollout: Rollout,
  { before, by, now, version }: { before: { id: string; version: string }; by: string; now: Date; version: string },
) {
  const { id: rolloutId, productId, channel, releaseId: fromReleaseId } = rollout
  const rollback: Rollback = {
    rolloutId,
    productId,
    channel,
    fromReleaseId,
    toReleaseId: before.id,
    orderedAt: now,
    orderedBy: by,
  }
  await addRollback(tx, rollback)
  await announce(tx, {
    name: 'delivery.rollback_ordered',
    subject: rolloutId,
    actor: by,
    occurredAt: now,
    body: { ...factOf(rollout, version), toReleaseId: before.id, toVersion: before.version },
  })
}

/** Takes the order back: who has gone back stays there, the others keep what they run. */
export async function stopRollingBack(deps: Deps, actor: Actor, rolloutId: string) {
  const { release } = await getSteerable(deps, actor, rolloutId)
  await deps.db.transaction().execute(async (tx) => {
    const rollout = await lockRollout(tx, rolloutId)
    if (!(await removeRollback(tx, rolloutId)))
      throw new Refusal('conflict', 'rollout.not_rolled_back', `Nobody was told to go back from ${release.version}.`)
    const now = deps.clock.now()
    await announce(tx, {
      name: 'delivery.rollback_stopped',
      subject: rolloutId,
      actor: actorLabel(actor),
      occurredAt: now,
      body: factOf(rollout, release.version),
    })
    await settleRepository(tx, deps, { productId: rollout.productId, now })
  })
}

async function getSteerable({ db }: Deps, actor: Actor, rolloutId: string): Promise<{ release: Release }> {
  if (!maySteerRollouts(actor))
    throw new Refusal('forbidden', 'rollout.not_yours', 'Only developers, operators and administrators may steer rollouts.')
  const found = await findRollout(db, rolloutId)
  const release = found && (await findRelease(db, found.releaseId))
  if (!release) throw new Refusal('not_found', 'rollout.unknown', `There is no rollout ${rolloutId}.`)
  return { release }
}
