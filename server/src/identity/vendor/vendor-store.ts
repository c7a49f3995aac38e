// All SQL of the vendor: who runs this Fairway.
import '../tables.ts'
import type { Reader, Tx } from '#platform/db'

/** Until somebody has said the name. */
const UNNAMED = 'Fairway'

export async function findVendorName(db: Reader) {
  const row = await db.selectFrom('identity.vendor').select('name').executeTakeFirst()
  return row?.name ?? UNNAMED
}

export async function saveVendorName(tx: Tx, name: string, at: Date) {
  await tx
    .insertInto('identity.vendor')
    .values({ name, changed_at: at })
    .onConflict((conflict) => conflict.column('is_only').doUpdateSet({ name, changed_at: at }))
    .execute()
}
