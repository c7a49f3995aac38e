// Which rollouts wait for a person: one rule for the count in the navigation and for the day's page.
import type { Schemas } from '@fairway/client'

type Rollout = Pick<Schemas['Rollout'], 'id' | 'state' | 'productId' | 'channel'>

/** A paused one does, and a halted one as long as nothing newer goes to its channel. @param rollouts newest first */
export function waitingRollouts<One extends Rollout>(rollouts: One[]): One[] {
  const placeOf = ({ productId, channel }: Rollout) => `${productId} ${channel}`
  const newest = new Map(rollouts.toReversed().map((one) => [placeOf(one), one.id]))
  return rollouts.filter((one) => one.state === 'paused' || (one.state === 'halted' && newest.get(placeOf(one)) === one.id))
}
