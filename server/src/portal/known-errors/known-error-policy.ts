// Who may see known errors, and who may write them.
import { type Actor, hasRole, isStaff } from '#identity'
import type { KnownError } from './known-error.ts'

/** Customers see those of the products that their organisation is entitled to, once they are no draft any more. */
export function maySeeKnownError(actor: Actor, error: Pick<KnownError, 'productId' | 'state'>, entitledProductIds: string[]) {
  return isStaff(actor) || (actor.kind === 'member' && error.state !== 'draft' && entitledProductIds.includes(error.productId))
}

export function mayWriteKnownErrors(actor: Actor) {
  return hasRole(actor, 'developer', 'support')
}
