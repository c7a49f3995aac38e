// The products that a customer's organisation may know of.
import type { Actor } from '#identity'
import type { PortalDeps } from '../deps.ts'

/** Empty for staff, who need no entitlement: their policy never asks. */
export async function listEntitledProducts(delivery: PortalDeps['delivery'], actor: Actor) {
  if (actor.kind !== 'member') return []
  const entitlements = await delivery.listEntitlements(actor.organisationId)
  return [...new Set(entitlements.map((one) => one.productId))]
}
