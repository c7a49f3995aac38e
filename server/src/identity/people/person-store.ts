// All SQL of people: who somebody is now, and making somebody in our own transaction.
import '../tables.ts'
import { sql } from 'kysely'
import type { Reader, Tx } from '#platform/db'
import { newId } from '#platform/ids'
import type { Member, MemberRole, Person, Staff, StaffRole } from '../actor.ts'

interface Row {
  id: string
  name: string
  email: string
  roles: StaffRole[] | null
  organisationId: string | null
  role: MemberRole | null
}

/** People with the place that they have now; who was removed, or whose organisation is archived, has none. */
export function selectPeople(db: Reader) {
  return db
    .selectFrom('identity.user as user')
    .leftJoin('identity.staff as staff', (join) =>
      join.onRef('staff.person_id', '=', 'user.id').on('staff.removed_at', 'is', null),
    )
    .leftJoin('identity.member as member', (join) =>
      join.onRef('member.person_id', '=', 'user.id').on('member.removed_at', 'is', null),
    )
    .leftJoin('identity.organisation as organisation', (join) =>
      join.onRef('organisation.id', '=', 'member.organisation_id').on('organisation.archived_at', 'is', null),
    )
    .select(['user.id', 'user.name', 'user.email', 'staff.roles', 'organisation.id as organisationId', 'member.role'])
}

/** Undefined where the person has no place here any more. */
export function toActor({ id, name, email, roles, organisationId, role }: Row): Staff | Member | undefined {
  if (roles) return { kind: 'staff', id, name, email, roles }
  if (organisationId && role) return { kind: 'member', id, name, email, organisationId, role }
  return undefined
}

export async function findActor(db: Reader, personId: string) {
  const row = await selectPeople(db).where('user.id', '=', personId).executeTakeFirst()
  return row && toActor(row)
}

export async function findActorByEmail(db: Reader, email: string) {
  const row = await selectPeople(db).where('user.email', '=', email.toLowerCase()).executeTakeFirst()
  return row && toActor(row)
}

export async function listPeople(db: Reader, ids: string[]): Promise<Person[]> {
  if (ids.length === 0) return []
  return db.selectFrom('identity.user').select(['id', 'name', 'email']).where('id', 'in', ids).execute()
}

/** Holds the address, known or not, until the transaction ends, so that nobody gets two places at once. */
export async function lockPersonByEmail(tx: Tx, email: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended('identity:' || ${email.toLowerCase()}, 0))`.execute(tx)
  return tx
    .selectFrom('identity.user')
    .select(['id', 'name', 'email'])
    .where('email', '=', email.toLowerCase())
    .executeTakeFirst()
}

/**
 * Written by ourselves, not through better-auth, which cannot stand in our transaction (research: T6.5).
 * The address counts as verified: better-auth would take the password away at the first mailed link (T6.1).
 */
export async function addPersonRow(tx: Tx, { name, email, now }: { name: string; email: string; now: Date }): Promise<Person> {
  const person = { id: newId('pe'), name, email: email.toLowerCase() }
  await tx
    .insertInto('identity.user')
    .values({ ...person, emailVerified: true, createdAt: now, updatedAt: now, twoFactorEnabled: false })
    .execute()
  return person
}

export async function saveName(tx: Tx, { id, name, now }: { id: string; name: string; now: Date }) {
  await tx.updateTable('identity.user').set({ name, updatedAt: now }).where('id', '=', id).execute()
}

/** The password as better-auth keeps it; the old one is gone. */
export async function savePassword(tx: Tx, { personId, hash, now }: { personId: string; hash: string; now: Date }) {
  await removePassword(tx, personId)
  await tx
    .insertInto('identity.account')
    .values({
      id: newId('ac'),
      accountId: personId,
      providerId: 'credential',
      userId: personId,
      password: hash,
      createdAt: now,
      updatedAt: now,
    })
    .execute()
}

export async function removePassword(tx: Tx, personId: string) {
  await tx.deleteFrom('identity.account').where('userId', '=', personId).where('providerId', '=', 'credential').execute()
}

/** What a person who comes back must not find again: the passkeys and second factor of an earlier time. */
export async function removeFactors(tx: Tx, personId: string) {
  await tx.deleteFrom('identity.passkey').where('userId', '=', personId).execute()
  await tx.deleteFrom('identity.twoFactor').where('userId', '=', personId).execute()
  await tx.updateTable('identity.user').set({ twoFactorEnabled: false }).where('id', '=', personId).execute()
}

/** Ends every session and token of the person at once. */
export async function endAccess(tx: Tx, personId: string, now: Date) {
  await tx.deleteFrom('identity.session').where('userId', '=', personId).execute()
  await tx
    .updateTable('identity.token')
    .set({ revoked_at: now })
    .where('person_id', '=', personId)
    .where('revoked_at', 'is', null)
    .execute()
}
