// Writes down a known error: an analysed cause, which versions have it, and what to do meanwhile.
import { type Actor, actorLabel } from '#identity'
import { invalidField, Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { PortalDeps } from '../deps.ts'
import { asOneLine } from '../one-line.ts'
import { isRange } from './known-error.ts'
import { mayWriteKnownErrors } from './known-error-policy.ts'
import type { KnownErrorWish } from './known-error-schemas.ts'
import { addKnownError } from './known-error-store.ts'

export async function createKnownError(
  { db, clock, delivery }: Pick<PortalDeps, 'db' | 'clock' | 'delivery'>,
  actor: Actor,
  wish: KnownErrorWish,
) {
  refuseStrangers(actor)
  checkRange(wish.affectedVersions)
  if (!(await delivery.findProduct(wish.productId)))
    throw invalidField('/productId', 'product.unknown', `There is no product ${wish.productId}.`)
  const now = clock.now()

  return db.transaction().execute(async (tx) => {
    const error = await addKnownError(tx, {
      productId: wish.productId,
      title: asOneLine(wish.title, '/title'),
      description: wish.description ?? '',
      affectedRange: wish.affectedVersions,
      workaround: wish.workaround ?? '',
      cause: wish.cause ?? '',
      state: wish.state ?? 'open',
      createdBy: actorLabel(actor),
      createdAt: now,
    })
    await announce(tx, {
      name: 'portal.known_error_created',
      subject: error.id,
      actor: actorLabel(actor),
      occurredAt: now,
      body: { knownErrorId: error.id, productId: error.productId, state: error.state },
    })
    return error
  })
}

export function refuseStrangers(actor: Actor) {
  if (!mayWriteKnownErrors(actor))
    throw new Refusal('forbidden', 'known_error.not_yours', 'Only developers, support and administrators write known errors.')
}

export function checkRange(range: string | undefined) {
  if (range !== undefined && !isRange(range))
    throw invalidField('/affectedVersions', 'known_error.range_wrong', 'Write a SemVer range, for example ">=1.0.0 <1.1.1".')
}
