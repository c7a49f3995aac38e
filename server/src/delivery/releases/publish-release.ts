// Publishes a draft: gives it its sequence, signs its manifest, and from then on it cannot change.
import { signManifest } from '@fairway/trust'
import { type Actor, actorLabel } from '#identity'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { listArtifacts } from '../artifacts/artifact-store.ts'
import type { DeliveryDeps } from '../deps.ts'
import { manifestKeyPurpose } from '../products/product.ts'
import { lockProductKeys, saveSequence } from '../products/product-store.ts'
import { manifestOf, whyNotPublish } from './release.ts'
import { mayChangeReleases } from './release-policy.ts'
import { findRelease, lockRelease, savePublished } from './release-store.ts'

export async function publishRelease(
  { db, clock, secrets }: Pick<DeliveryDeps, 'db' | 'clock' | 'secrets'>,
  actor: Actor,
  releaseId: string,
) {
  if (!mayChangeReleases(actor))
    throw new Refusal('forbidden', 'release.not_yours', 'Only developers and administrators may publish releases.')
  const found = await findRelease(db, releaseId)
  if (!found) throw new Refusal('not_found', 'release.unknown', `There is no release ${releaseId}.`)

  await db.transaction().execute(async (tx) => {
    // Product before release, everywhere: two publications of one product wait for each other instead of deadlocking.
    const keys = await lockProductKeys(tx, found.productId)
    const release = await lockRelease(tx, releaseId)
    const artifacts = await listArtifacts(tx, [releaseId])
    const refused = whyNotPublish(release, artifacts)
    if (refused) throw new Refusal('conflict', refused.code, refused.detail)
    const [sequence, publishedAt] = [keys.last_sequence + 1, clock.now()]
    const privateKey = secrets.unwrap(manifestKeyPurpose(release.productId), keys.manifest_private_key)
    const manifest = signManifest(manifestOf(release, { sequence, publishedAt, artifacts }), privateKey, keys.manifest_public_key)
    await saveSequence(tx, release.productId, sequence)
    await savePublished(tx, releaseId, { sequence, manifest, publishedAt, publishedBy: actorLabel(actor) })
    await announce(tx, {
      name: 'delivery.release_published',
      subject: releaseId,
      actor: actorLabel(actor),
      occurredAt: publishedAt,
      body: { productId: release.productId, releaseId, version: release.version, fixes: release.fixes },
    })
  })
}
