// The doors to products and channels.
import { fingerprintOf } from '@fairway/trust'
import type { Static } from 'typebox'
import type { Actor } from '#identity'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import type { DeliveryDeps } from '../deps.ts'
import { listEntitledProducts, listEntitlements } from '../entitlements/entitlement-store.ts'
import { changeProduct, createChannel } from './change-product.ts'
import { createProduct } from './create-product.ts'
import type { ProductRecord } from './product.ts'
import { maySeeProduct } from './product-policy.ts'
import { ChannelView, NewChannel, NewProduct, ProductChange, ProductPage, ProductPath, ProductView } from './product-schemas.ts'
import { listChannels, listProducts } from './product-store.ts'

export function productRoutes(http: Http, deps: DeliveryDeps) {
  const config = { scope: 'releases:write' } as const
  http.post(
    '/api/v1/products',
    { schema: { operationId: 'createProduct', body: NewProduct, response: { 201: ProductView } }, config },
    async (request, reply) => {
      const product = await createProduct(deps, request.actor, request.body)
      return reply.code(201).send(await viewOf(deps, request.actor, product))
    },
  )

  http.get('/api/v1/products', { schema: { operationId: 'listProducts', response: { 200: ProductPage } } }, async (request) => {
    const seen = await listSeen(deps, request.actor)
    return { items: await Promise.all(seen.map((product) => viewOf(deps, request.actor, product))), next: null }
  })

  http.get(
    '/api/v1/products/:productId',
    { schema: { operationId: 'getProduct', params: ProductPath, response: { 200: ProductView } } },
    (request) => getView(deps, request.actor, request.params.productId),
  )

  http.patch(
    '/api/v1/products/:productId',
    {
      schema: { operationId: 'changeProduct', params: ProductPath, body: ProductChange, response: { 200: ProductView } },
      config,
    },
    async ({ actor, params, body }) => {
      await changeProduct(deps, actor, { productId: params.productId, change: body })
      return getView(deps, actor, params.productId)
    },
  )

  http.post(
    '/api/v1/products/:productId/channels',
    { schema: { operationId: 'createChannel', params: ProductPath, body: NewChannel, response: { 201: ChannelView } }, config },
    async ({ actor, params, body }, reply) => {
      await createChannel(deps, actor, { productId: params.productId, name: body.name })
      return reply.code(201).send({ name: body.name })
    },
  )
}

async function listSeen({ db }: DeliveryDeps, actor: Actor) {
  const entitled = actor.kind === 'member' ? await listEntitledProducts(db, actor.organisationId) : []
  const products = await listProducts(db)
  return products.filter((product) => maySeeProduct(actor, product.id, entitled))
}

async function getView(deps: DeliveryDeps, actor: Actor, productId: string) {
  const product = (await listSeen(deps, actor)).find((one) => one.id === productId)
  if (!product) throw new Refusal('not_found', 'product.unknown', `There is no product ${productId}.`)
  return viewOf(deps, actor, product)
}

/** Customers read only the names of the channels that are theirs. */
async function listChannelsSeen({ db }: DeliveryDeps, actor: Actor, productId: string) {
  const channels = (await listChannels(db)).filter((channel) => channel.productId === productId)
  if (actor.kind !== 'member') return channels
  const entitled = await listEntitlements(db, actor.organisationId)
  return channels.filter(({ name }) => entitled.some((one) => one.productId === productId && one.channel === name))
}

async function viewOf(deps: DeliveryDeps, actor: Actor, product: ProductRecord): Promise<Static<typeof ProductView>> {
  const channels = await listChannelsSeen(deps, actor, product.id)
  return {
    id: product.id,
    name: product.name,
    isPublic: product.isPublic,
    fingerprint: fingerprintOf(product.manifestKey),
    bakeSeconds: product.bakeSeconds,
    channels: channels.map(({ name }) => ({ name })),
    createdAt: product.createdAt.toISOString(),
  }
}
