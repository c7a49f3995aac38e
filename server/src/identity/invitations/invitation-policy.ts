// Who may see, send and take back invitations.
import type { Actor } from '../actor.ts'
import { mayManageMembers, mayManageStaff } from '../organisations/organisation-policy.ts'
import type { Place } from '../people/add-person.ts'

/** The same people see them: an open invitation names an address. */
export function mayInvite(actor: Actor, place: Place) {
  return 'roles' in place ? mayManageStaff(actor) : mayManageMembers(actor, place.organisationId)
}
