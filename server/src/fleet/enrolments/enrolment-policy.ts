// Who may bring new installations of a customer organisation.
import { type Actor, hasRole, isMemberOf } from '#identity'

export function mayEnrol(actor: Actor, organisationId: string) {
  return (
    hasRole(actor, 'operator', 'support') ||
    (actor.kind === 'member' && isMemberOf(actor, organisationId) && actor.role === 'manager')
  )
}
