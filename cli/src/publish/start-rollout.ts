// Starts the rollout of a release, or takes up the one that is there: a publication that is repeated starts nothing twice.
import type { Schemas } from '@fairway/client'
import { EXIT } from '../exit-codes.ts'
import { Failure } from '../failure.ts'
import { ask } from '../reach/ask.ts'
import type { Session } from '../run.ts'
import type { Release } from './find-release.ts'
import type { RolloutWish } from './publish-wish.ts'

export type Rollout = Schemas['Rollout']

export function startRollout(
  { client }: Session,
  release: Release,
  { channel, steps, silentAfterSeconds }: RolloutWish,
): Promise<Rollout> {
  const plan = { ...(steps && { steps }), ...(silentAfterSeconds !== undefined && { silentAfterSeconds }) }
  return ask(client.POST('/api/v1/rollouts', { body: { releaseId: release.id, channel, ...plan } }))
}

export async function startRolloutOnce(session: Session, release: Release, wish: RolloutWish): Promise<Rollout> {
  const query = { productId: release.productId, channel: wish.channel }
  const { items } = await ask(session.client.GET('/api/v1/rollouts', { params: { query } }))
  // Newest first.
  const before = items.find(({ releaseId }) => releaseId === release.id)
  if (!before) return startRollout(session, release, wish)
  if (before.state === 'halted') throw wasHalted(before)
  session.voice.note(`Its rollout to ${wish.channel} is ${before.state} already.`)
  return before
}

/** A job that is run again must not send out once more what a judge or a person has stopped. */
function wasHalted({ productId, version, channel, because }: Rollout) {
  return new Failure({
    exitCode: EXIT.halted,
    code: 'rollout.halted',
    detail: `The rollout of ${productId} ${version} to ${channel} was halted: ${because}`,
    advice: `If you are sure: fairway rollout start ${productId}@${version} --channel ${channel}.`,
  })
}
