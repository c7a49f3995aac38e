// Pauses, resumes or halts a rollout on a person's word.
import { type Actor, actorLabel } from '#identity'
import type { Tx } from '#platform/db'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { DeliveryDeps } from '../deps.ts'
import { findRelease } from '../releases/release-store.ts'
import type { ReasonCode } from './reason.ts'
import { type Rollout, type Steering, STEERING, whyNotSteer } from './rollout.ts'
import { maySteerRollouts } from './rollout-policy.ts'
import { findRollout, lockRollout, saveSteering } from './rollout-store.ts'

const REASONS = { pause: 'paused', resume: 'resumed', halt: 'halted_by_person' } as const satisfies Record<Steering, ReasonCode>

export interface SteeringWish {
  rolloutId: string
  steering: Steering
  reason: string
}

export async function steerRollout(
  { db, clock }: Pick<DeliveryDeps, 'db' | 'clock'>,
  actor: Actor,
  { rolloutId, steering, reason }: SteeringWish,
) {
  if (!maySteerRollouts(actor))
    throw new Refusal('forbidden', 'rollout.not_yours', 'Only developers, operators and administrators may steer rollouts.')
  const found = await findRollout(db, rolloutId)
  const release = found && (await findRelease(db, found.releaseId))
  if (!release) throw new Refusal('not_found', 'rollout.unknown', `There is no rollout ${rolloutId}.`)

  await db.transaction().execute(async (tx) => {
    const rollout = await lockRollout(tx, rolloutId)
    const refused = whyNotSteer(rollout, steering)
    if (refused) throw new Refusal('conflict', refused.code, refused.detail)
    const at = clock.now()
    const { to } = STEERING[steering]
    const told = { actor: actorLabel(actor), because: reason, version: release.version, at }
    if (to === 'halted') return haltNow(tx, rollout, told)
    await saveSteering(tx, rolloutId, {
      state: to,
      because: reason,
      reason: { code: REASONS[steering], values: {} },
      endedAt: null,
      endedBy: null,
      nextAt: to === 'running' ? at : null,
      listenedSince: to === 'running' ? at : rollout.listenedSince,
    })
    const fact = { subject: rollout.id, actor: told.actor, occurredAt: at }
    if (to === 'paused')
      await announce(tx, {
        ...fact,
        name: 'delivery.rollout_paused',
        body: { ...factOf(rollout, release.version), because: reason },
      })
    else await announce(tx, { ...fact, name: 'delivery.rollout_resumed', body: factOf(rollout, release.version) })
  })
}

interface Told {
  actor: string
  because: string
  version: string
  at: Date
}

/** On a person's word; the caller holds the row and has asked whether it may be. */
export async function haltNow(tx: Tx, rollout: Rollout, told: Told) {
  await saveSteering(tx, rollout.id, {
    state: 'halted',
    because: told.because,
    reason: { code: REASONS.halt, values: {} },
    endedAt: told.at,
    endedBy: told.actor,
    nextAt: null,
    listenedSince: rollout.listenedSince,
  })
  await announceHalt(tx, rollout, { ...told, byItself: false })
}

export async function announceHalt(tx: Tx, rollout: Rollout, told: Told & { byItself: boolean }) {
  await announce(tx, {
    name: 'delivery.rollout_halted',
    subject: rollout.id,
    actor: told.actor,
    occurredAt: told.at,
    body: { ...factOf(rollout, told.version), because: told.because, byItself: told.byItself },
  })
}

/** What every event of a rollout says. */
export function factOf(rollout: Rollout, version: string) {
  return { rolloutId: rollout.id, productId: rollout.productId, channel: rollout.channel, releaseId: rollout.releaseId, version }
}
