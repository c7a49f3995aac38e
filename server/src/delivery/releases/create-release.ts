// Drafts a release, and throws a draft away.
import { lt } from 'semver'
import { type Actor, actorLabel } from '#identity'
import { isUniqueViolation } from '#platform/db'
import { invalidField, Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { newId } from '#platform/ids'
import type { DeliveryDeps } from '../deps.ts'
import { findProduct } from '../products/product-store.ts'
import { mayChangeReleases } from './release-policy.ts'
import { addRelease, findRelease, lockRelease, removeDraft } from './release-store.ts'

export interface NewRelease {
  productId: string
  version: string
  notes?: string
  fixes?: string[]
  minimumVersion?: string
}

export async function createRelease({ db, clock }: Pick<DeliveryDeps, 'db' | 'clock'>, actor: Actor, wish: NewRelease) {
  if (!mayChangeReleases(actor))
    throw new Refusal('forbidden', 'release.not_yours', 'Only developers and administrators may make releases.')
  if (!(await findProduct(db, wish.productId)))
    throw new Refusal('not_found', 'product.unknown', `There is no product ${wish.productId}.`)
  if (wish.minimumVersion !== undefined && !lt(wish.minimumVersion, wish.version))
    throw invalidField(
      '/minimumVersion',
      'release.minimum_not_older',
      `Only an older version than ${wish.version} can be a minimum.`,
    )
  const release = {
    id: newId('re'),
    productId: wish.productId,
    version: wish.version,
    notes: wish.notes ?? '',
    fixes: [...new Set(wish.fixes)],
    minimumVersion: wish.minimumVersion ?? null,
    createdAt: clock.now(),
  }

  try {
    await db.transaction().execute(async (tx) => {
      await addRelease(tx, { ...release, createdBy: actorLabel(actor) })
      await announce(tx, {
        name: 'delivery.release_drafted',
        subject: release.id,
        actor: actorLabel(actor),
        occurredAt: release.createdAt,
        body: { productId: release.productId, releaseId: release.id, version: release.version },
      })
    })
  } catch (error) {
    if (isUniqueViolation(error, 'release_product_id_version_key'))
      throw new Refusal('conflict', 'release.exists', `${wish.productId} has a release ${wish.version} already.`)
    throw error
  }
  return release.id
}

export async function discardDraft({ db }: Pick<DeliveryDeps, 'db'>, actor: Actor, releaseId: string) {
  if (!mayChangeReleases(actor))
    throw new Refusal('forbidden', 'release.not_yours', 'Only developers and administrators may change releases.')
  if (!(await findRelease(db, releaseId))) throw new Refusal('not_found', 'release.unknown', `There is no release ${releaseId}.`)

  await db.transaction().execute(async (tx) => {
    const release = await lockRelease(tx, releaseId)
    if (release.state !== 'draft')
      throw new Refusal(
        'conflict',
        'release.not_a_draft',
        `${release.version} is ${release.state} and stays. Withdraw it instead.`,
      )
    await removeDraft(tx, releaseId)
  })
}
