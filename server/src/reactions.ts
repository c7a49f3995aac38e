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
export function reactionsOf({ delivery, portal }: Modules): Reaction[] {
  return [
    on('fleet.outcome_changed', 'delivery.weigh-outcome', ({ body }) => delivery.weighOutcome(body.releaseId)),
    on('delivery.release_published', 'delivery.want-patches', ({ body }) => delivery.wantPatches(body.releaseId)),
    // What runs may be another version by then.
    on('delivery.rollout_started', 'delivery.want-patches-again', ({ body }) => delivery.wantPatches(body.releaseId)),
    on('delivery.release_published', 'portal.look-for-fixed', ({ body }) => portal.wakeByKnownErrors(body.fixes)),
    on('delivery.release_amended', 'portal.look-again-after-amendment', ({ body }) => portal.wakeByProduct(body.productId)),
    on('delivery.release_withdrawn', 'portal.look-again-after-withdrawal', ({ body }) => portal.wakeByProduct(body.productId)),
    on('fleet.installation_reported', 'portal.look-at-reported', ({ body }) => portal.wakeByInstallation(body.installationId)),
    on('fleet.installation_retired', 'portal.look-at-retired', ({ body }) => portal.wakeByInstallation(body.installationId)),
    on('fleet.installation_revoked', 'portal.look-at-revoked', ({ body }) => portal.wakeByInstallation(body.installationId)),
  ]
}
