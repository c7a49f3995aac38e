// The public face of delivery; nothing else in this folder may be imported from outside it.
export { openContents } from './artifacts/open-contents.ts'
export { createDelivery, type Delivery } from './delivery.ts'
export { acceptsDcz, readAvailableDictionary } from './deltas/dcz.ts'
export { deliveryEvents } from './events.ts'
export { mayChangeProducts, mayEntitle } from './products/product-policy.ts'
export { mayChangeReleases, mayWithdraw } from './releases/release-policy.ts'
export { maySteerRollouts } from './rollouts/rollout-policy.ts'
export { cohortHash } from './rollouts/cohort.ts'
export type {
  ActiveRollout,
  ChannelState,
  DeliverySnapshot,
  Product,
  ProductRepository,
  PublishedArtifact,
  PublishedPatch,
  PublishedRelease,
} from './snapshot.ts'
