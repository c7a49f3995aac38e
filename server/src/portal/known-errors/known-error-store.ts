// All SQL of known errors.
import '../tables.ts'
import { type Selectable, sql } from 'kysely'
import type { Reader, Tables, Tx } from '#platform/db'
import type { KnownError, KnownErrorState } from './known-error.ts'

export async function addKnownError(tx: Tx, error: Omit<KnownError, 'id' | 'number' | 'changedAt'>) {
  const { rows } = await sql<{ number: number }>`select nextval('portal.known_error_number')::int as number`.execute(tx)
  const number = rows[0]?.number ?? 0
  const row = await tx
    .insertInto('portal.known_error')
    .values({
      id: `KE-${number}`,
      number,
      product_id: error.productId,
      created_by: error.createdBy,
      created_at: error.createdAt,
      ...toColumns({ ...error, changedAt: error.createdAt }),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toKnownError(row)
}

export async function saveKnownError(tx: Tx, error: KnownError) {
  await tx.updateTable('portal.known_error').set(toColumns(error)).where('id', '=', error.id).execute()
}

export async function findKnownError(db: Reader, id: string) {
  const row = await db.selectFrom('portal.known_error').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toKnownError(row)
}

export async function lockKnownError(tx: Tx, id: string) {
  return toKnownError(
    await tx.selectFrom('portal.known_error').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow(),
  )
}

export interface KnownErrorFilter {
  /** Undefined: every product. */
  productIds: string[] | undefined
  withDrafts: boolean
  state?: KnownErrorState | undefined
  before?: number | undefined
  limit: number
}

/** Newest first. */
export async function listKnownErrors(db: Reader, { productIds, withDrafts, state, before, limit }: KnownErrorFilter) {
  if (productIds?.length === 0) return []
  let query = db.selectFrom('portal.known_error').selectAll().orderBy('number', 'desc').limit(limit)
  if (productIds) query = query.where('product_id', 'in', productIds)
  if (!withDrafts) query = query.where('state', '<>', 'draft')
  if (state) query = query.where('state', '=', state)
  if (before !== undefined) query = query.where('number', '<', before)
  return (await query.execute()).map(toKnownError)
}

type Changeable = Pick<KnownError, 'title' | 'description' | 'affectedRange' | 'workaround' | 'cause' | 'state' | 'changedAt'>

function toColumns(error: Changeable) {
  return {
    title: error.title,
    description: error.description,
    affected_range: error.affectedRange,
    workaround: error.workaround,
    cause: error.cause,
    state: error.state,
    changed_at: error.changedAt,
  }
}

function toKnownError(row: Selectable<Tables['portal.known_error']>): KnownError {
  return {
    id: row.id,
    number: row.number,
    productId: row.product_id,
    title: row.title,
    description: row.description,
    affectedRange: row.affected_range,
    workaround: row.workaround,
    cause: row.cause,
    state: row.state,
    createdBy: row.created_by,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  }
}
