// Amends what may change after publication: notes, and which known errors it fixes. Each amendment is an event with its author.
import { type Actor, actorLabel } from '#identity'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { DeliveryDeps } from '../deps.ts'
import { mayChangeReleases } from './release-policy.ts'
import { findRelease, lockRelease, saveAmendment } from './release-store.ts'

export interface Amendment {
  releaseId: string
  change: { notes?: string; fixes?: string[] }
}

export async function amendRelease(
  { db, clock }: Pick<DeliveryDeps, 'db' | 'clock'>,
  actor: Actor,
  { releaseId, change }: Amendment,
) {
  if (!mayChangeReleases(actor))
    throw new Refusal('forbidden', 'release.not_yours', 'Only developers and administrators may amend releases.')
  if (!(await findRelease(db, releaseId))) throw new Refusal('not_found', 'release.unknown', `There is no release ${releaseId}.`)

  await db.transaction().execute(async (tx) => {
    const release = await lockRelease(tx, releaseId)
    const next = { notes: change.notes ?? release.notes, fixes: change.fixes ? [...new Set(change.fixes)] : release.fixes }
    await saveAmendment(tx, releaseId, next)
    // Nobody was offered a draft, so nobody needs to hear of its changes.
    if (release.state === 'draft') return
    await announce(tx, {
      name: 'delivery.release_amended',
      subject: releaseId,
      actor: actorLabel(actor),
      occurredAt: clock.now(),
      body: {
        productId: release.productId,
        releaseId,
        version: release.version,
        fixes: next.fixes,
        changed: Object.keys(change),
      },
    })
  })
}
