// SQL of one's own sessions and factors; better-auth writes them.
import '../tables.ts'
import type { Db } from '#platform/db'

export async function listSessionsOf(db: Db, personId: string, now: Date) {
  return db
    .selectFrom('identity.session')
    .select(['id', 'createdAt', 'expiresAt', 'ipAddress', 'userAgent'])
    .where('userId', '=', personId)
    .where('expiresAt', '>', now)
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .execute()
}

/** False where the person has no such session. */
export async function removeSession(db: Db, { id, personId }: { id: string; personId: string }) {
  const { numDeletedRows } = await db
    .deleteFrom('identity.session')
    .where('id', '=', id)
    .where('userId', '=', personId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

export async function findFactors(db: Db, personId: string) {
  const row = await db
    .selectFrom('identity.user as user')
    .select((eb) => [
      'user.twoFactorEnabled as totp',
      eb
        .selectFrom('identity.passkey')
        .select((inner) => inner.cast<number>(inner.fn.countAll(), 'integer').as('n'))
        .whereRef('userId', '=', 'user.id')
        .as('passkeys'),
      eb
        .exists(
          eb
            .selectFrom('identity.account')
            .select('id')
            .whereRef('userId', '=', 'user.id')
            .where('providerId', '=', 'credential'),
        )
        .as('hasPassword'),
    ])
    .where('user.id', '=', personId)
    .executeTakeFirst()
  return { totp: row?.totp ?? false, passkeys: row?.passkeys ?? 0, hasPassword: Boolean(row?.hasPassword) }
}
