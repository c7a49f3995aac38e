// Who may see keys, bring signatures, and change keys.
import { type Actor, hasRole, isStaff } from '#identity'

export function maySeeKeys(actor: Actor) {
  return isStaff(actor)
}

/** A signature proves itself; whoever may publish may carry it here. */
export function mayBringSignatures(actor: Actor) {
  return hasRole(actor, 'developer')
}

/** Administrators alone. */
export function mayChangeKeys(actor: Actor) {
  return hasRole(actor)
}
