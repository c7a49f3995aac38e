// The one table of reactions: when this was announced, that is done.
import type { Delivery } from '#delivery'
import type { Fleet } from '#fleet'
import type { Identity } from '#identity'
import type { Portal } from '#portal'
import { on, type Reaction } from '#platform/events/reactions'

export interface Modules {
  identity: Identity
  fleet: Fleet
  delivery: Delivery
  portal: Portal
}

/** Names are kept for ever: the cursor of a reaction goes by its name. */
export function reactionsOf({ delivery }: Modules): Reaction[] {
  return [on('fleet.outcome_changed', 'delivery.weigh-outcome', (event) => delivery.weighOutcome(event.body.releaseId))]
}
