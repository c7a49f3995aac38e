// Changes the roles of staff, or ends their access; the last administrator stays.
import type { Tx } from '#platform/db'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { type Actor, actorLabel, type Staff, type StaffRole } from '../actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { mayManageStaff } from '../organisations/organisation-policy.ts'
import { endAccess } from '../people/person-store.ts'
import { whyNotChange } from './staff.ts'
import { lockStaff, saveRoles, saveStaffRemoved } from './staff-store.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock'>

export async function changeStaffRoles(
  { db, clock }: Deps,
  actor: Actor,
  { personId, roles }: { personId: string; roles: StaffRole[] },
): Promise<Staff> {
  const wanted = [...new Set(roles)]
  return db.transaction().execute(async (tx) => {
    const found = await lockForChange(tx, actor, { personId, roles: wanted })
    await saveRoles(tx, personId, wanted)
    await announce(tx, {
      name: 'identity.staff_roles_changed',
      subject: personId,
      actor: actorLabel(actor),
      occurredAt: clock.now(),
      body: { personId, roles: wanted },
    })
    return { ...found, roles: wanted }
  })
}

/** Sessions and tokens end with it, at once. */
export async function removeStaff({ db, clock }: Deps, actor: Actor, personId: string) {
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    await lockForChange(tx, actor, { personId, roles: [] })
    await saveStaffRemoved(tx, personId, now)
    await endAccess(tx, personId, now)
    await announce(tx, {
      name: 'identity.staff_removed',
      subject: personId,
      actor: actorLabel(actor),
      occurredAt: now,
      body: { personId },
    })
  })
}

async function lockForChange(tx: Tx, actor: Actor, { personId, roles }: { personId: string; roles: StaffRole[] }) {
  if (!mayManageStaff(actor)) throw new Refusal('forbidden', 'staff.not_yours', 'Staff are managed by administrators.')
  const staff = await lockStaff(tx)
  const found = staff.find((one) => one.id === personId)
  if (!found) throw new Refusal('not_found', 'staff.unknown', `There is no ${personId} among staff.`)
  const reason = whyNotChange(staff, personId, roles)
  if (reason) throw new Refusal('conflict', reason, 'This is the last administrator. Make somebody else administrator first.')
  return found
}
