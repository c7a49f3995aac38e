// Who may see an installation, and who may do what with it.
import { type Actor, hasRole, isMemberOf, isStaff } from '#identity'
import type { Installation } from '../installation.ts'

type Owned = Pick<Installation, 'organisationId'>

export function maySee(actor: Actor, { organisationId }: Owned) {
  return isStaff(actor) || isMemberOf(actor, organisationId)
}

export function mayRename(actor: Actor, installation: Owned) {
  return hasRole(actor, 'operator') || isManagerOf(actor, installation)
}

export function mayRetire(actor: Actor, installation: Owned) {
  return hasRole(actor, 'operator') || isManagerOf(actor, installation)
}

export function mayRevoke(actor: Actor) {
  return hasRole(actor, 'operator')
}

export function mayClearCopied(actor: Actor) {
  return hasRole(actor, 'operator')
}

/** The organisation whose installations somebody may see; undefined: all, null: none. */
export function visibleOrganisation(actor: Actor) {
  if (isStaff(actor)) return undefined
  return actor.kind === 'member' ? actor.organisationId : null
}

function isManagerOf(actor: Actor, { organisationId }: Owned) {
  return actor.kind === 'member' && isMemberOf(actor, organisationId) && actor.role === 'manager'
}
