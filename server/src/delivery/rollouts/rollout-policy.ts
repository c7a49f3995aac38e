// Who may see and who may steer rollouts.
import { type Actor, hasRole, isStaff } from '#identity'

/** Customers see what a rollout means for them on their installation, not the rollout. */
export function maySeeRollouts(actor: Actor) {
  return isStaff(actor)
}

export function maySteerRollouts(actor: Actor) {
  return hasRole(actor, 'developer', 'operator')
}
