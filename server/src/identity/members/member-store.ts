// All SQL of who is a member of which organisation.
import '../tables.ts'
import type { Reader, Tx } from '#platform/db'
import type { Member, MemberRole } from '../actor.ts'
import { selectPeople, toActor } from '../people/person-store.ts'

/** A person who was removed earlier, perhaps elsewhere, gets their place anew. */
export async function saveMember(
  tx: Tx,
  { personId, organisationId, role, now }: { personId: string; organisationId: string; role: MemberRole; now: Date },
) {
  const row = { organisation_id: organisationId, role, joined_at: now, removed_at: null }
  await tx
    .insertInto('identity.member')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute()
}

export async function listMembersOf(db: Reader, organisationId: string): Promise<Member[]> {
  const rows = await selectPeople(db).where('organisation.id', '=', organisationId).orderBy('user.id').execute()
  return rows.map(toActor).filter((actor) => actor?.kind === 'member')
}

/** Holds the membership until the transaction ends; undefined where it ended already. */
export async function lockMember(tx: Tx, { personId, organisationId }: { personId: string; organisationId: string }) {
  return tx
    .selectFrom('identity.member')
    .select(['person_id as personId', 'organisation_id as organisationId', 'role'])
    .where('person_id', '=', personId)
    .where('organisation_id', '=', organisationId)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
}

export async function saveMemberRole(tx: Tx, personId: string, role: MemberRole) {
  await tx.updateTable('identity.member').set({ role }).where('person_id', '=', personId).execute()
}

export async function saveMemberRemoved(tx: Tx, personId: string, now: Date) {
  await tx.updateTable('identity.member').set({ removed_at: now }).where('person_id', '=', personId).execute()
}
