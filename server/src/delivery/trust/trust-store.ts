// All SQL of repositories: keys, roles, documents, and when each is looked at again.
import './trust-tables.ts'
import '../tables.ts'
import { sql } from 'kysely'
import type { TufEnvelope, TufRole } from '@fairway/trust'
import type { Db, Reader, Tx } from '#platform/db'
import { claimDue, nextDueOf } from '#platform/loops'
import type { RepositoryDocument, RoleName } from './repository.ts'

const TABLE = sql.table('delivery.repository')

/** Holds the repository until the transaction ends: documents are signed one after the other. */
export async function lockRepository(tx: Tx, productId: string) {
  await tx
    .insertInto('delivery.repository')
    .values({ id: productId, next_at: null, lease_until: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await tx.selectFrom('delivery.repository').select('id').where('id', '=', productId).forUpdate().executeTakeFirstOrThrow()
}

export async function saveNextAt(tx: Tx, productId: string, nextAt: Date) {
  await tx
    .updateTable('delivery.repository')
    .set((eb) => ({ next_at: nextAt, lease_until: null, epoch: eb('epoch', '+', 1) }))
    .where('id', '=', productId)
    .execute()
}

export const claimDueRepositories = (db: Db, now: Date, limit: number) => claimDue(db, TABLE, { now, limit })
export const nextDueRepository = (db: Db) => nextDueOf(db, TABLE)

export interface StoredKey {
  keyid: string
  publicKey: string
  /** Null where it is kept elsewhere. */
  wrappedPrivateKey: string | null
  createdAt: Date
  createdBy: string
}

export async function listKeys(db: Reader, productId: string): Promise<StoredKey[]> {
  const rows = await db
    .selectFrom('delivery.trust_key')
    .selectAll()
    .where('product_id', '=', productId)
    .orderBy('created_at')
    .orderBy('keyid')
    .execute()
  return rows.map(toKey)
}

function toKey(row: {
  keyid: string
  public_key: string
  private_key: string | null
  created_at: Date
  created_by: string
}): StoredKey {
  return {
    keyid: row.keyid,
    publicKey: row.public_key,
    wrappedPrivateKey: row.private_key,
    createdAt: row.created_at,
    createdBy: row.created_by,
  }
}

/** Of all products: those whose private part we have. */
export async function listHeldKeys(db: Reader): Promise<(StoredKey & { productId: string })[]> {
  const rows = await db.selectFrom('delivery.trust_key').selectAll().where('private_key', 'is not', null).execute()
  return rows.map((row) => ({ ...toKey(row), productId: row.product_id }))
}

/** A key that is known stays as it is: who brings the public part of one that we hold takes nothing away. */
export async function addKey(tx: Tx, productId: string, key: StoredKey) {
  await tx
    .insertInto('delivery.trust_key')
    .values({
      product_id: productId,
      keyid: key.keyid,
      public_key: key.publicKey,
      private_key: key.wrappedPrivateKey,
      created_at: key.createdAt,
      created_by: key.createdBy,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** The first of these keys that another product knows; documents do not name their product, so what a key signs for one could be shown to the other. */
export async function findForeignKey(db: Reader, productId: string, keyids: string[]) {
  if (keyids.length === 0) return undefined
  const row = await db
    .selectFrom('delivery.trust_key')
    .select('keyid')
    .where('product_id', '!=', productId)
    .where('keyid', 'in', keyids)
    .executeTakeFirst()
  return row?.keyid
}

/** What no role needs any more is gone, the private part too. */
export async function forgetKeys(tx: Tx, productId: string, keptKeyids: string[]) {
  await tx.deleteFrom('delivery.trust_key').where('product_id', '=', productId).where('keyid', 'not in', keptKeyids).execute()
}

export async function listRoles(db: Reader, productId: string): Promise<Record<RoleName, TufRole>> {
  const rows = await db.selectFrom('delivery.trust_role').selectAll().where('product_id', '=', productId).execute()
  return Object.fromEntries(rows.map(({ role, keyids, threshold }) => [role, { keyids, threshold }]))
}

export async function saveRole(tx: Tx, productId: string, { role, keyids, threshold }: TufRole & { role: RoleName }) {
  await tx
    .insertInto('delivery.trust_role')
    .values({ product_id: productId, role, keyids, threshold })
    .onConflict((conflict) => conflict.columns(['product_id', 'role']).doUpdateSet({ keyids, threshold }))
    .execute()
}

/** The one in force and the waiting one of each role. */
export async function listDocuments(db: Reader, productId?: string): Promise<(RepositoryDocument & { productId: string })[]> {
  let query = db
    .selectFrom('delivery.trust_document')
    .distinctOn(['product_id', 'role', 'is_complete'])
    .selectAll()
    .orderBy('product_id')
    .orderBy('role')
    .orderBy('is_complete')
    .orderBy('version', 'desc')
  if (productId !== undefined) query = query.where('product_id', '=', productId)
  return (await query.execute()).map(toDocument)
}

/** One that was in force once: clients that are on their way ask for it by its version. */
export async function findDocument(db: Reader, productId: string, { role, version }: { role: RoleName; version: number }) {
  const row = await db
    .selectFrom('delivery.trust_document')
    .selectAll()
    .where('product_id', '=', productId)
    .where('role', '=', role)
    .where('version', '=', version)
    .where('is_complete', '=', true)
    .executeTakeFirst()
  return row && toDocument(row)
}

export async function saveDocument(tx: Tx, productId: string, document: RepositoryDocument & { madeAt: Date }) {
  const { role, version, body, expiresAt: expires_at, isComplete: is_complete, madeAt: made_at } = document
  await tx
    .insertInto('delivery.trust_document')
    .values({ product_id: productId, role, version, body, expires_at, is_complete, made_at })
    .onConflict((conflict) =>
      conflict.columns(['product_id', 'role', 'version']).doUpdateSet({ body, expires_at, is_complete, made_at }),
    )
    .execute()
  // Nobody asks for old ones of these, and a timestamp is made twice a day for ever; old roots lead new clients to the newest.
  if (role === 'root' || !is_complete) return
  await tx
    .deleteFrom('delivery.trust_document')
    .where('product_id', '=', productId)
    .where('role', '=', role)
    .where('version', '<', role === 'timestamp' ? version : version - KEPT)
    .execute()
}

/** Versions of a document that a client on its way may still ask for. */
const KEPT = 20

export async function dropDocument(tx: Tx, productId: string, { role, version }: RepositoryDocument) {
  await tx
    .deleteFrom('delivery.trust_document')
    .where('product_id', '=', productId)
    .where('role', '=', role)
    .where('version', '=', version)
    .where('is_complete', '=', false)
    .execute()
}

interface DocumentRow {
  product_id: string
  role: string
  version: number
  body: string
  expires_at: Date
  is_complete: boolean
}

function toDocument(row: DocumentRow): RepositoryDocument & { productId: string } {
  return {
    productId: row.product_id,
    role: row.role,
    version: row.version,
    body: row.body,
    // Written by us and only by us.
    envelope: JSON.parse(row.body) as TufEnvelope,
    expiresAt: row.expires_at,
    isComplete: row.is_complete,
  }
}
