// Who may see and who may change organisations and their people.
import { type Actor, hasRole, isMemberOf, isStaff } from '../actor.ts'

export function maySeeOrganisation(actor: Actor, organisationId: string) {
  return isStaff(actor) || isMemberOf(actor, organisationId)
}

export function mayManageOrganisations(actor: Actor) {
  return hasRole(actor, 'support')
}

/** Managers choose what their own organisation is called; support and administrators, what any is. */
export function mayRenameOrganisation(actor: Actor, organisationId: string) {
  return mayManageMembers(actor, organisationId)
}

/** Invite, change roles, remove: support and administrators anywhere, managers at home. */
export function mayManageMembers(actor: Actor, organisationId: string) {
  return (
    hasRole(actor, 'support') || (actor.kind === 'member' && actor.role === 'manager' && actor.organisationId === organisationId)
  )
}

export function mayManageStaff(actor: Actor) {
  return hasRole(actor)
}
