// The keys of a product's update metadata, as they are on the first day: each role with one key that Fairway holds.
import type { Schemas } from '@fairway/client'
import type { Handlers } from '../contract.ts'
import { conflict, notFound } from '../problem.ts'
import { ago, msOf, nowIso } from '../times.ts'
import type { World } from '../world.ts'

const ROLES = ['root', 'targets', 'snapshot', 'timestamp', 'director']
const LIVES = { root: '365d', targets: '365d', snapshot: '7d', timestamp: '1d' } as const

export const keyHandlers = {
  'get /api/v1/products/{productId}/keys': ({ world, path }) => keysOf(world, path.productId),
  'get /api/v1/products/{productId}/unsigned': () => ({ items: [], next: null }),
  'post /api/v1/products/{productId}/keys/{role}': ({ world, path }) => keysOf(world, path.productId),
  'delete /api/v1/products/{productId}/keys/{role}/change': () => {
    throw conflict('keys.no_change', 'Nothing waits here.')
  },
  'post /api/v1/products/{productId}/unsigned/{role}/signatures': () => {
    throw conflict('keys.nothing_waits', 'Nothing waits here.')
  },
} satisfies Handlers

function keysOf(world: World, productId: string): Schemas['ProductKeys'] {
  const product = world.products.find(({ id }) => id === productId)
  if (!product) throw notFound('product', productId)
  return { productId, roles: [...ROLES, ...product.channels.map(({ name }) => `channel-${name}`)].map(roleOf) }
}

function roleOf(role: string, at: number): Schemas['RoleKeys'] {
  const keyid = String(at + 1)
    .repeat(64)
    .slice(0, 64)
  const life = msOf(LIVES[role as keyof typeof LIVES] ?? '90d')
  const expiresAt = new Date(Date.parse(nowIso()) + life).toISOString()
  return {
    role,
    threshold: 1,
    keys: [
      { keyid, publicKey: 'A'.repeat(43), fingerprint: `sha256:${keyid}`, kept: 'here', state: 'in_force', since: ago('30d') },
    ],
    next: null,
    document: { version: 3, expiresAt },
    waiting: null,
  }
}
