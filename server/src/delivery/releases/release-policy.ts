// Who may see and who may change releases.
import { type Actor, hasRole, isStaff } from '#identity'
import type { Release } from './release.ts'

/** Customers see what was rolled out on a channel that they are entitled to; drafts and other channels are the vendor's affair. */
export function maySeeRelease(actor: Actor, release: Release, entitledReleaseIds: string[]) {
  return isStaff(actor) || (release.state !== 'draft' && entitledReleaseIds.includes(release.id))
}

export function mayChangeReleases(actor: Actor) {
  return hasRole(actor, 'developer')
}

export function mayWithdraw(actor: Actor) {
  return hasRole(actor, 'developer', 'operator')
}
