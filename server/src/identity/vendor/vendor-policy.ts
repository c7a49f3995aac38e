// Who may change what is true of the whole Fairway.
import { type Actor, hasRole } from '../actor.ts'

export function mayRenameVendor(actor: Actor) {
  return hasRole(actor)
}
