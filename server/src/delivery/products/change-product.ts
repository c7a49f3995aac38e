// Renames a product, opens or closes it to the public, and adds channels.
import { type Actor, actorLabel } from '#identity'
import { isUniqueViolation } from '#platform/db'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { DeliveryDeps } from '../deps.ts'
import { settleRepository } from '../trust/settle-repository.ts'
import { mayChangeProducts } from './product-policy.ts'
import { addChannel, findProduct, type ProductChange, saveProduct } from './product-store.ts'

type Deps = Pick<DeliveryDeps, 'db' | 'clock'>
type ChannelDeps = Pick<DeliveryDeps, 'db' | 'clock' | 'secrets'>

export async function changeProduct({ db, clock }: Deps, actor: Actor, wish: { productId: string; change: ProductChange }) {
  await getChangeable(db, actor, wish.productId)

  await db.transaction().execute(async (tx) => {
    await saveProduct(tx, wish.productId, wish.change)
    await announce(tx, {
      name: 'delivery.product_changed',
      subject: wish.productId,
      actor: actorLabel(actor),
      occurredAt: clock.now(),
      body: { productId: wish.productId, changed: Object.keys(wish.change) },
    })
  })
}

export async function createChannel(
  { db, clock, secrets }: ChannelDeps,
  actor: Actor,
  { productId, name }: { productId: string; name: string },
) {
  await getChangeable(db, actor, productId)

  try {
    await db.transaction().execute(async (tx) => {
      await addChannel(tx, { productId, name, createdAt: clock.now() })
      await announce(tx, {
        name: 'delivery.channel_created',
        subject: productId,
        actor: actorLabel(actor),
        occurredAt: clock.now(),
        body: { productId, channel: name },
      })
      await settleRepository(tx, { secrets }, { productId, now: clock.now() })
    })
  } catch (error) {
    if (isUniqueViolation(error, 'channel_pkey'))
      throw new Refusal('conflict', 'channel.exists', `${productId} has a channel ${name} already.`)
    throw error
  }
}

async function getChangeable(db: DeliveryDeps['db'], actor: Actor, productId: string) {
  if (!mayChangeProducts(actor))
    throw new Refusal('forbidden', 'product.not_yours', 'Only developers and administrators may change products.')
  const product = await findProduct(db, productId)
  if (!product) throw new Refusal('not_found', 'product.unknown', `There is no product ${productId}.`)
  return product
}
