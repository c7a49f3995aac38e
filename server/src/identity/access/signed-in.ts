// The person behind a request, for use cases that nobody else may ask for.
import { Refusal } from '#platform/errors'
import type { Actor } from '../actor.ts'

/** The doors below /api/v1 let only people through; this says so to the compiler. */
export function signedIn(actor: Actor) {
  if (actor.kind !== 'staff' && actor.kind !== 'member') throw new Refusal('unauthenticated', 'session.missing', 'Sign in first.')
  return actor
}
