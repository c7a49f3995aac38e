// Starts a rollout of a published release to a channel, unless a rule forbids it; the loop takes its first step at once.
import { type Actor, actorLabel } from '#identity'
import { isUniqueViolation } from '#platform/db'
import { invalidField, Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { newId, newSecret } from '#platform/ids'
import type { DeliveryDeps } from '../deps.ts'
import { settleRepository } from '../trust/settle-repository.ts'
import { hasChannel } from '../products/product-store.ts'
import { findRelease, lockRelease } from '../releases/release-store.ts'
import { NO_TALLY } from './judge-step.ts'
import { type Reason, say } from './reason.ts'
import { DEFAULT_SILENT_AFTER_SECONDS, DEFAULT_STEPS, type Rollout, whyNotStart, whyNotSteps } from './rollout.ts'
import { listRollbacks } from './rollback-store.ts'
import { maySteerRollouts } from './rollout-policy.ts'
import { addRollout, findCompletedSequence, findUnfinished } from './rollout-store.ts'

export interface NewRollout {
  releaseId: string
  channel: string
  steps?: { percent: number; bakeSeconds: number }[]
  silentAfterSeconds?: number
}

export async function startRollout(
  { db, clock, secrets }: Pick<DeliveryDeps, 'db' | 'clock' | 'secrets'>,
  actor: Actor,
  wish: NewRollout,
) {
  if (!maySteerRollouts(actor))
    throw new Refusal('forbidden', 'rollout.not_yours', 'Only developers, operators and administrators may start rollouts.')
  const found = await findRelease(db, wish.releaseId)
  if (!found) throw new Refusal('not_found', 'release.unknown', `There is no release ${wish.releaseId}.`)
  if (!(await hasChannel(db, found.productId, wish.channel)))
    throw new Refusal('not_found', 'channel.unknown', `${found.productId} has no channel ${wish.channel}.`)
  const plan = wish.steps ?? DEFAULT_STEPS
  const wrong = whyNotSteps(plan)
  if (wrong) throw invalidField('/steps', wrong.code, wrong.detail)

  try {
    return await db.transaction().execute(async (tx) => {
      const release = await lockRelease(tx, wish.releaseId)
      const refused = whyNotStart(release, {
        unfinished: await findUnfinished(tx, release.productId, wish.channel),
        wasSentBack: (await listRollbacks(tx, release.productId)).some(
          ({ channel, fromReleaseId }) => channel === wish.channel && fromReleaseId === release.id,
        ),
        completedSequence: await findCompletedSequence(tx, release.productId, wish.channel),
      })
      if (refused) throw new Refusal('conflict', refused.code, refused.detail)
      const rollout = planned(wish, { productId: release.productId, plan, now: clock.now(), by: actorLabel(actor) })
      await addRollout(tx, rollout)
      await announce(tx, {
        name: 'delivery.rollout_started',
        subject: rollout.id,
        actor: actorLabel(actor),
        occurredAt: rollout.startedAt,
        body: {
          rolloutId: rollout.id,
          productId: rollout.productId,
          channel: rollout.channel,
          releaseId: release.id,
          version: release.version,
        },
      })
      await settleRepository(tx, { secrets }, { productId: rollout.productId, now: rollout.startedAt })
      return rollout.id
    })
  } catch (error) {
    if (isUniqueViolation(error, 'rollout_unfinished'))
      throw new Refusal('conflict', 'rollout.channel_is_busy', 'Another rollout was started on this channel just now.')
    throw error
  }
}

const STARTING: Reason = { code: 'starting', values: {} }

interface Planned {
  productId: string
  plan: { percent: number; bakeSeconds: number }[]
  now: Date
  by: string
}

function planned(wish: NewRollout, { productId, plan, now, by }: Planned): Rollout {
  return {
    id: newId('ro'),
    productId,
    channel: wish.channel,
    releaseId: wish.releaseId,
    salt: newSecret(),
    state: 'running',
    steps: plan.map((step) => ({ ...step, startedAt: null, threshold: null, size: null })),
    step: 0,
    silentAfterSeconds: wish.silentAfterSeconds ?? DEFAULT_SILENT_AFTER_SECONDS,
    because: say(STARTING),
    reason: STARTING,
    tally: NO_TALLY,
    createdBy: by,
    endedBy: null,
    startedAt: now,
    listenedSince: now,
    endedAt: null,
  }
}
