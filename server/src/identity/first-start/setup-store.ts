// All SQL of the set-up link.
import '../tables.ts'
import type { Reader, Tx } from '#platform/db'

/** The old link is void from then on. */
export async function replaceSetupLink(tx: Tx, { digest, now }: { digest: Buffer; now: Date }) {
  await removeSetupLinks(tx)
  await tx.insertInto('identity.setup_link').values({ token_sha256: digest, created_at: now }).execute()
}

export async function isSetupLink(db: Reader, digest: Buffer) {
  const row = await db
    .selectFrom('identity.setup_link')
    .select('created_at')
    .where('token_sha256', '=', digest)
    .executeTakeFirst()
  return row !== undefined
}

export async function removeSetupLinks(tx: Tx) {
  await tx.deleteFrom('identity.setup_link').execute()
}
