// All SQL of who is staff.
import '../tables.ts'
import { sql } from 'kysely'
import type { Reader, Tx } from '#platform/db'
import type { Staff, StaffRole } from '../actor.ts'
import { selectPeople, toActor } from '../people/person-store.ts'

export async function saveStaff(tx: Tx, { personId, roles, now }: { personId: string; roles: StaffRole[]; now: Date }) {
  const row = { roles, joined_at: now, removed_at: null }
  await tx
    .insertInto('identity.staff')
    .values({ person_id: personId, ...row })
    .onConflict((conflict) => conflict.column('person_id').doUpdateSet(row))
    .execute()
}

export async function listAllStaff(db: Reader): Promise<Staff[]> {
  const rows = await selectPeople(db).where('staff.roles', 'is not', null).orderBy('user.id').execute()
  return rows.map(toActor).filter((actor) => actor?.kind === 'staff')
}

/** One change of staff at a time: that the last administrator stays is a rule over all of them. */
export async function lockStaff(tx: Tx) {
  await sql`lock table identity.staff in share row exclusive mode`.execute(tx)
  return listAllStaff(tx)
}

export async function saveRoles(tx: Tx, personId: string, roles: StaffRole[]) {
  await tx.updateTable('identity.staff').set({ roles }).where('person_id', '=', personId).execute()
}

export async function saveStaffRemoved(tx: Tx, personId: string, now: Date) {
  await tx.updateTable('identity.staff').set({ removed_at: now }).where('person_id', '=', personId).execute()
}

export async function hasStaff(db: Reader) {
  const row = await db
    .selectFrom('identity.staff')
    .select('person_id')
    .where('removed_at', 'is', null)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
