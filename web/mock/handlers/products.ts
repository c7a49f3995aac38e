// Answers about products, their channels, and who is entitled to them.
import { digestOf } from '../dice.ts'
import type { Ask, Handlers, Me } from '../contract.ts'
import { happen } from '../happen.ts'
import { conflict, notFound } from '../problem.ts'
import { nowIso } from '../times.ts'
import type { World } from '../world.ts'
import { getOrganisation } from './organisations.ts'

export const productHandlers = {
  'get /api/v1/products': ({ world, me }) => ({ items: world.products.filter(({ id }) => maySee(world, me, id)), next: null }),
  'get /api/v1/products/{productId}': ({ world, me, path }) => getProduct(world, me, path.productId),
  'post /api/v1/products': ({ world, me, body: { id, name, isPublic = false, bakeSeconds = 900 } }) => {
    if (world.products.some((one) => one.id === id)) throw conflict('product.exists', `There is a product ${id} already.`)
    const fingerprint = `sha256:${digestOf(id)}`
    const product = { id, name, isPublic, fingerprint, bakeSeconds, channels: [], createdAt: nowIso() }
    world.products.push(product)
    happen(world, { name: 'delivery.product_created', subject: id, actor: me.id, body: { productId: id, name } })
    return product
  },
  'patch /api/v1/products/{productId}': ({ world, me, path, body }) => {
    const product = Object.assign(getProduct(world, me, path.productId), body)
    const told = { productId: product.id, changed: Object.keys(body) }
    happen(world, { name: 'delivery.product_changed', subject: product.id, actor: me.id, body: told })
    return product
  },
  'post /api/v1/products/{productId}/channels': ({ world, me, path, body: { name } }) => {
    const product = getProduct(world, me, path.productId)
    if (product.channels.some((one) => one.name === name)) throw conflict('channel.exists', `There is a channel ${name} already.`)
    product.channels.push({ name })
    happen(world, {
      name: 'delivery.channel_created',
      subject: product.id,
      actor: me.id,
      body: { productId: product.id, channel: name },
    })
    return { name }
  },
  'get /api/v1/organisations/{organisationId}/entitlements': ({ world, me, path }) => {
    const { id } = getOrganisation(world, me, path.organisationId)
    return { items: world.entitlements.filter(({ organisationId }) => organisationId === id), next: null }
  },
  'put /api/v1/organisations/{organisationId}/entitlements/{productId}/{channel}': (ask) => {
    const { world, path } = ask
    checkPlace(ask)
    const found = world.entitlements.find((one) => isSame(one, path))
    if (!found) world.entitlements.push({ ...path })
    tell(ask, 'delivery.entitlement_granted')
    return path
  },
  'delete /api/v1/organisations/{organisationId}/entitlements/{productId}/{channel}': (ask) => {
    const { world, path } = ask
    checkPlace(ask)
    world.entitlements = world.entitlements.filter((one) => !isSame(one, path))
    tell(ask, 'delivery.entitlement_revoked')
  },
} satisfies Handlers

function maySee({ entitlements }: World, me: Me, id: string) {
  return me.kind === 'staff' || entitlements.some((one) => one.organisationId === me.organisation?.id && one.productId === id)
}

function getProduct(world: World, me: Me, id: string) {
  const found = world.products.find((one) => one.id === id)
  if (!found || !maySee(world, me, id)) throw notFound('product', id)
  return found
}

type Place = Record<'organisationId' | 'productId' | 'channel', string>
type Entitling = Ask<`${'put' | 'delete'} /api/v1/organisations/{organisationId}/entitlements/{productId}/{channel}`>

function isSame(a: Place, b: Place) {
  return a.organisationId === b.organisationId && a.productId === b.productId && a.channel === b.channel
}

function checkPlace({ world, me, path }: Entitling) {
  getOrganisation(world, me, path.organisationId)
  const product = getProduct(world, me, path.productId)
  if (!product.channels.some(({ name }) => name === path.channel)) throw notFound('channel', path.channel)
}

function tell({ world, me, path }: Entitling, name: string) {
  const { organisationId } = path
  happen(world, { name, subject: organisationId, actor: me.id, organisationId, body: { ...path } })
}
