// SQL of throwing away what expired.
import '../tables.ts'
import type { Db } from '#platform/db'

export async function removeExpired(db: Db, now: Date) {
  await db.deleteFrom('identity.session').where('expiresAt', '<', now).execute()
  await db.deleteFrom('identity.verification').where('expiresAt', '<', now).execute()
}
