// Withdraws a release: it is offered to nobody from now on, and a rollout of it is halted in the same moment.
import { type Actor, actorLabel } from '#identity'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { DeliveryDeps } from '../deps.ts'
import type { Reason } from '../rollouts/reason.ts'
import { announceHalt } from '../rollouts/steer-rollout.ts'
import { haltRolloutsOf } from '../rollouts/rollout-store.ts'
import { settleRepository } from '../trust/settle-repository.ts'
import { whyNotWithdraw } from './release.ts'
import { mayWithdraw } from './release-policy.ts'
import { findRelease, lockRelease, saveWithdrawn } from './release-store.ts'

export async function withdrawRelease(
  { db, clock, secrets }: Pick<DeliveryDeps, 'db' | 'clock' | 'secrets'>,
  actor: Actor,
  { releaseId, reason }: { releaseId: string; reason: string },
) {
  if (!mayWithdraw(actor))
    throw new Refusal('forbidden', 'release.not_yours', 'Only developers, operators and administrators may withdraw releases.')
  if (!(await findRelease(db, releaseId))) throw new Refusal('not_found', 'release.unknown', `There is no release ${releaseId}.`)

  await db.transaction().execute(async (tx) => {
    const release = await lockRelease(tx, releaseId)
    const refused = whyNotWithdraw(release)
    if (refused) throw new Refusal('conflict', refused.code, refused.detail)
    const now = clock.now()
    await saveWithdrawn(tx, releaseId, { at: now, reason })
    await announce(tx, {
      name: 'delivery.release_withdrawn',
      subject: releaseId,
      actor: actorLabel(actor),
      occurredAt: now,
      body: { productId: release.productId, releaseId, version: release.version, reason },
    })
    const because = `${release.version} was withdrawn: ${reason}`
    const why: Reason = { code: 'release_withdrawn', values: {} }
    for (const rollout of await haltRolloutsOf(tx, releaseId, { because, reason: why, at: now, by: actorLabel(actor) })) {
      await announceHalt(tx, rollout, { actor: actorLabel(actor), because, byItself: false, version: release.version, at: now })
    }
    await settleRepository(tx, { secrets }, { productId: release.productId, now })
  })
}
