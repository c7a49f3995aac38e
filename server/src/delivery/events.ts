// What delivery announces, and who may hear of it.
import { type Audiences, staffOnly } from '#platform/audience'

interface ReleaseFact {
  productId: string
  releaseId: string
  version: string
}

interface RolloutFact {
  rolloutId: string
  productId: string
  channel: string
  releaseId: string
  version: string
}

declare module '#platform/events' {
  interface Events {
    'delivery.product_created': { productId: string; name: string }
    'delivery.product_changed': { productId: string; changed: string[] }
    'delivery.channel_created': { productId: string; channel: string }
    'delivery.entitlement_granted': { organisationId: string; productId: string; channel: string }
    'delivery.entitlement_revoked': { organisationId: string; productId: string; channel: string }
    'delivery.release_drafted': ReleaseFact
    'delivery.release_published': ReleaseFact & { fixes: string[] }
    'delivery.release_amended': ReleaseFact & { fixes: string[]; changed: string[] }
    'delivery.release_withdrawn': ReleaseFact & { reason: string }
    'delivery.artifact_added': ReleaseFact & { artifactId: string; sha256: string }
    'delivery.rollout_started': RolloutFact
    'delivery.rollout_step_started': RolloutFact & { step: number; percent: number; size: number }
    'delivery.rollout_paused': RolloutFact & { because: string }
    'delivery.rollout_resumed': RolloutFact
    'delivery.rollout_halted': RolloutFact & { because: string; byItself: boolean }
    'delivery.rollout_completed': RolloutFact
    /** Whoever runs the old content may fetch a patch instead of the file. */
    'delivery.patch_made': ReleaseFact & { artifactId: string; dictionarySha256: string; size: number }
    'delivery.rollback_ordered': RolloutFact & { toReleaseId: string; toVersion: string }
    'delivery.rollback_stopped': RolloutFact
    /** Documents of its TUF repository, `timestamp 12`. */
    'delivery.repository_signed': { productId: string; roles: string[] }
    /** What is wanted from now on; keys by their ids. It comes into force when enough keys have signed. */
    'delivery.keys_changed': { productId: string; role: string; threshold: number; added: string[]; removed: string[] }
    'delivery.signature_brought': { productId: string; role: string; version: number; keyid: string }
  }
}

export const deliveryEvents: Audiences = {
  'delivery.product_created': staffOnly,
  'delivery.product_changed': staffOnly,
  'delivery.channel_created': staffOnly,
  'delivery.entitlement_granted': staffOnly,
  'delivery.entitlement_revoked': staffOnly,
  'delivery.release_drafted': staffOnly,
  'delivery.artifact_added': staffOnly,
  'delivery.release_published': staffOnly,
  'delivery.release_amended': staffOnly,
  'delivery.release_withdrawn': staffOnly,
  'delivery.rollout_started': staffOnly,
  'delivery.rollout_step_started': staffOnly,
  'delivery.rollout_paused': staffOnly,
  'delivery.rollout_resumed': staffOnly,
  'delivery.rollout_halted': staffOnly,
  'delivery.rollout_completed': staffOnly,
  'delivery.patch_made': staffOnly,
  'delivery.rollback_ordered': staffOnly,
  'delivery.rollback_stopped': staffOnly,
  'delivery.repository_signed': staffOnly,
  'delivery.keys_changed': staffOnly,
  'delivery.signature_brought': staffOnly,
}
