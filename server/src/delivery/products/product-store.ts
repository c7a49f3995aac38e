// All SQL of products and channels.
import '../tables.ts'
import type { Reader, Tx } from '#platform/db'
import type { ProductRecord } from './product.ts'

const COLUMNS = ['id', 'name', 'is_public', 'manifest_public_key', 'bake_seconds', 'created_at'] as const

export async function findProduct(db: Reader, id: string) {
  const row = await db.selectFrom('delivery.product').select(COLUMNS).where('id', '=', id).executeTakeFirst()
  return row && toProduct(row)
}

export async function listProducts(db: Reader) {
  const rows = await db.selectFrom('delivery.product').select(COLUMNS).orderBy('id').execute()
  return rows.map(toProduct)
}

/** Without holding the product: the key never changes. */
export async function readProductKeys(db: Reader, id: string) {
  return db
    .selectFrom('delivery.product')
    .select(['manifest_public_key', 'manifest_private_key'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/** Holds the product until the transaction ends: sequences are given out one by one. */
export async function lockProductKeys(tx: Tx, id: string) {
  return tx
    .selectFrom('delivery.product')
    .select(['manifest_public_key', 'manifest_private_key', 'last_sequence'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

export async function saveSequence(tx: Tx, id: string, sequence: number) {
  await tx.updateTable('delivery.product').set({ last_sequence: sequence }).where('id', '=', id).execute()
}

export async function addProduct(tx: Tx, product: ProductRecord & { wrappedPrivateKey: string }) {
  await tx
    .insertInto('delivery.product')
    .values({
      id: product.id,
      name: product.name,
      is_public: product.isPublic,
      manifest_public_key: product.manifestKey,
      manifest_private_key: product.wrappedPrivateKey,
      bake_seconds: product.bakeSeconds,
      created_at: product.createdAt,
    })
    .execute()
}

export interface ProductChange {
  name?: string
  isPublic?: boolean
  bakeSeconds?: number
}

export async function saveProduct(tx: Tx, id: string, { name, isPublic, bakeSeconds }: ProductChange) {
  const changed = {
    ...(name === undefined ? {} : { name }),
    ...(isPublic === undefined ? {} : { is_public: isPublic }),
    ...(bakeSeconds === undefined ? {} : { bake_seconds: bakeSeconds }),
  }
  if (Object.keys(changed).length > 0) await tx.updateTable('delivery.product').set(changed).where('id', '=', id).execute()
}

export async function addChannel(tx: Tx, channel: { productId: string; name: string; createdAt: Date }) {
  await tx
    .insertInto('delivery.channel')
    .values({ product_id: channel.productId, name: channel.name, created_at: channel.createdAt })
    .execute()
}

export async function hasChannel(db: Reader, productId: string, name: string) {
  const row = await db
    .selectFrom('delivery.channel')
    .select('name')
    .where('product_id', '=', productId)
    .where('name', '=', name)
    .executeTakeFirst()
  return row !== undefined
}

export async function listChannels(db: Reader) {
  const rows = await db
    .selectFrom('delivery.channel')
    .select(['product_id', 'name'])
    .orderBy('product_id')
    .orderBy('created_at')
    .orderBy('name')
    .execute()
  return rows.map((row) => ({ productId: row.product_id, name: row.name }))
}

interface ProductRow {
  id: string
  name: string
  is_public: boolean
  manifest_public_key: string
  bake_seconds: number
  created_at: Date
}

function toProduct(row: ProductRow): ProductRecord {
  return {
    id: row.id,
    name: row.name,
    isPublic: row.is_public,
    manifestKey: row.manifest_public_key,
    bakeSeconds: row.bake_seconds,
    createdAt: row.created_at,
  }
}
