// Who may see and who may change products, channels and entitlements.
import { type Actor, hasRole, isStaff } from '#identity'

/** Customers see a product once their organisation is entitled to one of its channels. */
export function maySeeProduct(actor: Actor, productId: string, entitledProductIds: string[]) {
  return isStaff(actor) || entitledProductIds.includes(productId)
}

export function mayChangeProducts(actor: Actor) {
  return hasRole(actor, 'developer')
}

export function mayEntitle(actor: Actor) {
  return hasRole(actor, 'support', 'operator')
}

export function maySeeEntitlements(actor: Actor, organisationId: string) {
  return isStaff(actor) || (actor.kind === 'member' && actor.organisationId === organisationId)
}
