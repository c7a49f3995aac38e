// All SQL of API tokens.
import '../tables.ts'
import { sql } from 'kysely'
import type { Db, Reader, Tx } from '#platform/db'
import type { Scope } from '../actor.ts'
import { selectPeople, toActor } from '../people/person-store.ts'

export interface TokenRecord {
  id: string
  personId: string
  name: string
  scopes: Scope[]
  createdAt: Date
  expiresAt: Date | null
  lastUsedAt: Date | null
  revokedAt: Date | null
}

const COLUMNS = [
  'id',
  'person_id as personId',
  'name',
  'scopes',
  'created_at as createdAt',
  'expires_at as expiresAt',
  'last_used_at as lastUsedAt',
  'revoked_at as revokedAt',
] as const

export async function addToken(tx: Tx, { digest, ...token }: Omit<TokenRecord, 'lastUsedAt' | 'revokedAt'> & { digest: Buffer }) {
  await tx
    .insertInto('identity.token')
    .values({
      id: token.id,
      secret_sha256: digest,
      person_id: token.personId,
      name: token.name,
      scopes: token.scopes,
      created_at: token.createdAt,
      expires_at: token.expiresAt,
    })
    .execute()
}

/** One question for a request: the token, and who holds it now. */
export async function findTokenWithHolder(db: Db, id: string) {
  const row = await selectPeople(db)
    .innerJoin('identity.token as token', 'token.person_id', 'user.id')
    .select(['token.secret_sha256 as digest', 'token.scopes', 'token.expires_at as expiresAt', 'token.revoked_at as revokedAt'])
    .where('token.id', '=', id)
    .executeTakeFirst()
  return (
    row && {
      id,
      digest: row.digest,
      scopes: row.scopes,
      expiresAt: row.expiresAt,
      revokedAt: row.revokedAt,
      holder: toActor(row),
    }
  )
}

export async function listTokensOf(db: Reader, personId: string): Promise<TokenRecord[]> {
  return db
    .selectFrom('identity.token')
    .select(COLUMNS)
    .where('person_id', '=', personId)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute()
}

export async function lockToken(tx: Tx, id: string): Promise<TokenRecord | undefined> {
  return tx.selectFrom('identity.token').select(COLUMNS).where('id', '=', id).forUpdate().executeTakeFirst()
}

export async function saveTokenRevoked(tx: Tx, id: string, now: Date) {
  await tx.updateTable('identity.token').set({ revoked_at: now }).where('id', '=', id).execute()
}

/** Never goes back: another process may have seen a later use. */
export async function saveLastUses(db: Db, uses: { id: string; at: Date }[]) {
  const ids = uses.map((use) => use.id)
  const times = uses.map((use) => use.at.toISOString())
  await sql`update identity.token set last_used_at = greatest(last_used_at, seen.at)
    from unnest(${ids}::text[], ${times}::timestamptz[]) as seen (id, at) where token.id = seen.id`.execute(db)
}
