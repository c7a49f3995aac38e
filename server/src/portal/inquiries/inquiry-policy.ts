// Who may see inquiries, and who may do what with them.
import { type Actor, hasRole, isMemberOf, isStaff } from '#identity'

interface Owned {
  organisationId: string
}

/** All members see all inquiries of their organisation; staff see all. */
export function maySeeInquiry(actor: Actor, inquiry: Owned) {
  return isStaff(actor) || isMemberOf(actor, inquiry.organisationId)
}

/** Everybody of staff but those who only read. */
export function mayHandle(actor: Actor) {
  return hasRole(actor, 'support', 'developer', 'operator')
}

/** Write, attach, close and reopen. */
export function mayTakePart(actor: Actor, inquiry: Owned) {
  return mayHandle(actor) || isMemberOf(actor, inquiry.organisationId)
}

/** Notes, assignees and everything else that customers never see. */
export function maySeeInside(actor: Actor) {
  return isStaff(actor)
}
