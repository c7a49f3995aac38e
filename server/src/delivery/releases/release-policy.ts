// Who may see and who may change releases.
import { type Actor, hasRole, isStaff } from '#identity'
import type { Release } from './release.ts'

/** Customers see what was published of the products that they are entitled to; a draft is the vendor's alone. */
export function maySeeRelease(actor: Actor, release: Release, entitledProductIds: string[]) {
  return isStaff(actor) || (release.state !== 'draft' && entitledProductIds.includes(release.productId))
}

export function mayChangeReleases(actor: Actor) {
  return hasRole(actor, 'developer')
}

export function mayWithdraw(actor: Actor) {
  return hasRole(actor, 'developer', 'operator')
}
