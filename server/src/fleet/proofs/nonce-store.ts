// All SQL of used nonces.
import '../tables.ts'
import type { Db, Tx } from '#platform/db'
import type { Nonce } from './nonce.ts'

/** False where it was used before, by whichever process. */
export async function useNonce(tx: Tx, { id, expiresAt }: Nonce) {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('fleet.used_nonce')
    .values({ id, expires_at: expiresAt })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function removeExpiredNonces(db: Db, before: Date) {
  await db.deleteFrom('fleet.used_nonce').where('expires_at', '<', before).execute()
}
