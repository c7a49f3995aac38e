// All SQL of entitlements.
import '../tables.ts'
import type { Reader, Tx } from '#platform/db'

export interface Entitlement {
  organisationId: string
  productId: string
  channel: string
}

export async function listEntitledProducts(db: Reader, organisationId: string) {
  const rows = await db
    .selectFrom('delivery.entitlement')
    .select('product_id')
    .distinct()
    .where('organisation_id', '=', organisationId)
    .execute()
  return rows.map((row) => row.product_id)
}

/** What was ever rolled out on a channel that the organisation is entitled to. */
export async function listReleasesFor(db: Reader, organisationId: string) {
  const rows = await db
    .selectFrom('delivery.rollout as rollout')
    .innerJoin('delivery.entitlement as entitlement', (join) =>
      join.onRef('entitlement.product_id', '=', 'rollout.product_id').onRef('entitlement.channel', '=', 'rollout.channel'),
    )
    .select('rollout.release_id')
    .distinct()
    .where('entitlement.organisation_id', '=', organisationId)
    .execute()
  return rows.map((row) => row.release_id)
}

export async function listEntitlements(db: Reader, organisationId?: string): Promise<Entitlement[]> {
  let query = db.selectFrom('delivery.entitlement').select(['organisation_id', 'product_id', 'channel'])
  if (organisationId !== undefined) query = query.where('organisation_id', '=', organisationId)
  const rows = await query.orderBy('organisation_id').orderBy('product_id').orderBy('channel').execute()
  return rows.map((row) => ({ organisationId: row.organisation_id, productId: row.product_id, channel: row.channel }))
}

/** True where it was not there before. */
export async function addEntitlement(tx: Tx, { organisationId, productId, channel }: Entitlement, createdAt: Date) {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('delivery.entitlement')
    .values({ organisation_id: organisationId, product_id: productId, channel, created_at: createdAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** True where it was there. */
export async function removeEntitlement(tx: Tx, { organisationId, productId, channel }: Entitlement) {
  const { numDeletedRows } = await tx
    .deleteFrom('delivery.entitlement')
    .where('organisation_id', '=', organisationId)
    .where('product_id', '=', productId)
    .where('channel', '=', channel)
    .executeTakeFirst()
  return numDeletedRows === 1n
}
