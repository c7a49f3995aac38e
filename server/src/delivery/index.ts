// The public face of delivery; nothing else in this folder may be imported from outside it.
export { createDelivery, type Delivery } from './delivery.ts'
export { deliveryEvents } from './events.ts'
export { cohortHash } from './rollouts/cohort.ts'
export type { ActiveRollout, ChannelState, DeliverySnapshot, Product, PublishedArtifact, PublishedRelease } from './snapshot.ts'
