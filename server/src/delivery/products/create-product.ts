// Makes a product with its first channels and its own signing key.
import { createSigningKey } from '@fairway/trust'
import { type Actor, actorLabel } from '#identity'
import { after } from '#platform/clock'
import { isUniqueViolation } from '#platform/db'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { DeliveryDeps } from '../deps.ts'
import { settleRepository } from '../trust/settle-repository.ts'
import { DEFAULT_BAKE_SECONDS, FIRST_CHANNELS, manifestKeyPurpose } from './product.ts'
import { mayChangeProducts } from './product-policy.ts'
import { addChannel, addProduct } from './product-store.ts'

export async function createProduct(
  { db, clock, secrets }: Pick<DeliveryDeps, 'db' | 'clock' | 'secrets'>,
  actor: Actor,
  wish: { id: string; name: string; isPublic?: boolean; bakeSeconds?: number },
) {
  if (!mayChangeProducts(actor))
    throw new Refusal('forbidden', 'product.not_yours', 'Only developers and administrators may make products.')
  const key = createSigningKey()
  const product = {
    id: wish.id,
    name: wish.name,
    isPublic: wish.isPublic ?? false,
    manifestKey: key.publicKey,
    bakeSeconds: wish.bakeSeconds ?? DEFAULT_BAKE_SECONDS,
    createdAt: clock.now(),
  }

  try {
    await db.transaction().execute(async (tx) => {
      await addProduct(tx, { ...product, wrappedPrivateKey: secrets.wrap(manifestKeyPurpose(product.id), key.privateKey) })
      for (const [index, name] of FIRST_CHANNELS.entries()) {
        // A millisecond apart: their order is that of their making.
        await addChannel(tx, { productId: product.id, name, createdAt: after(product.createdAt, index) })
      }
      await announce(tx, {
        name: 'delivery.product_created',
        subject: product.id,
        actor: actorLabel(actor),
        occurredAt: product.createdAt,
        body: { productId: product.id, name: product.name },
      })
      await settleRepository(tx, { secrets }, { productId: product.id, now: product.createdAt })
    })
  } catch (error) {
    if (isUniqueViolation(error, 'product_pkey'))
      throw new Refusal('conflict', 'product.exists', `There is a product ${product.id} already.`)
    throw error
  }
  return product
}
