// SQL of the write side of rollouts.
import '../tables.ts'
import { type Selectable, sql } from 'kysely'
import type { Db, Reader, Tables, Tx } from '#platform/db'
import { type Claim, claimDue, nextDueOf } from '#platform/loops'
import type { Tally } from './judge-step.ts'
import type { Reason } from './reason.ts'
import type { Rollout, RolloutState, Step } from './rollout.ts'

const TABLE = sql.table('delivery.rollout')
const UNFINISHED: RolloutState[] = ['running', 'paused']

export async function findRollout(db: Reader, id: string) {
  const row = await db.selectFrom('delivery.rollout').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toRollout(row)
}

export async function findUnfinished(db: Reader, productId: string, channel: string) {
  const row = await db
    .selectFrom('delivery.rollout')
    .selectAll()
    .where('product_id', '=', productId)
    .where('channel', '=', channel)
    .where('state', 'in', UNFINISHED)
    .executeTakeFirst()
  return row && toRollout(row)
}

export async function lockRollout(tx: Tx, id: string) {
  const row = await tx.selectFrom('delivery.rollout').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow()
  return toRollout(row)
}

/** The row, if nobody else was handed it since this claim: the fence of a late process. */
export async function lockClaimed(tx: Tx, { id, epoch }: Claim) {
  const row = await tx
    .selectFrom('delivery.rollout')
    .selectAll()
    .where('id', '=', id)
    .where('epoch', '=', epoch)
    .forUpdate()
    .executeTakeFirst()
  return row && toRollout(row)
}

export async function addRollout(tx: Tx, rollout: Rollout) {
  await tx
    .insertInto('delivery.rollout')
    .values({
      id: rollout.id,
      product_id: rollout.productId,
      channel: rollout.channel,
      release_id: rollout.releaseId,
      salt: rollout.salt,
      state: rollout.state,
      steps: JSON.stringify(rollout.steps),
      step: rollout.step,
      silent_after_seconds: rollout.silentAfterSeconds,
      because: rollout.because,
      reason: JSON.stringify(rollout.reason),
      tally: JSON.stringify(rollout.tally),
      listened_since: rollout.listenedSince,
      created_by: rollout.createdBy,
      started_at: rollout.startedAt,
      ended_at: null,
      ended_by: null,
      next_at: rollout.startedAt,
      lease_until: null,
    })
    .execute()
}

/** Saves what a transition changed and frees the lease. */
export async function saveTransition(
  tx: Tx,
  id: string,
  change: Pick<Rollout, 'state' | 'steps' | 'step' | 'because' | 'reason' | 'tally' | 'endedAt' | 'endedBy'> & {
    nextAt: Date | null
  },
) {
  await tx
    .updateTable('delivery.rollout')
    .set({
      state: change.state,
      steps: JSON.stringify(change.steps),
      step: change.step,
      because: change.because,
      reason: JSON.stringify(change.reason),
      tally: JSON.stringify(change.tally),
      ended_at: change.endedAt,
      ended_by: change.endedBy,
      next_at: change.nextAt,
      lease_until: null,
    })
    .where('id', '=', id)
    .execute()
}

/** A person's word fences any transition under way, too. */
export async function saveSteering(
  tx: Tx,
  id: string,
  change: Pick<Rollout, 'state' | 'because' | 'reason' | 'endedAt' | 'endedBy' | 'listenedSince'> & { nextAt: Date | null },
) {
  await tx
    .updateTable('delivery.rollout')
    .set((eb) => ({
      state: change.state,
      because: change.because,
      reason: JSON.stringify(change.reason),
      ended_at: change.endedAt,
      ended_by: change.endedBy,
      listened_since: change.listenedSince,
      next_at: change.nextAt,
      lease_until: null,
      epoch: eb('epoch', '+', 1),
    }))
    .where('id', '=', id)
    .execute()
}

export async function haltRolloutsOf(
  tx: Tx,
  releaseId: string,
  { because, reason, at, by }: { because: string; reason: Reason; at: Date; by: string },
) {
  const rows = await tx
    .updateTable('delivery.rollout')
    .set((eb) => ({
      state: 'halted' as const,
      because,
      reason: JSON.stringify(reason),
      ended_at: at,
      ended_by: by,
      next_at: null,
      lease_until: null,
      epoch: eb('epoch', '+', 1),
    }))
    .where('release_id', '=', releaseId)
    .where('state', 'in', UNFINISHED)
    .returningAll()
    .execute()
  return rows.map(toRollout)
}

/** Facts have come in: whoever is running is judged now. A transition that has read older facts is fenced out by the epoch. */
export async function makeDue(db: Db, releaseId: string, now: Date) {
  await db
    .updateTable('delivery.rollout')
    .set((eb) => ({ next_at: now, lease_until: null, epoch: eb('epoch', '+', 1) }))
    .where('release_id', '=', releaseId)
    .where('state', '=', 'running')
    .execute()
}

/** Sequence of the newest published release that a rollout completed on this channel; 0 where there is none. */
export async function findCompletedSequence(db: Reader, productId: string, channel: string) {
  const row = await db
    .selectFrom('delivery.rollout as rollout')
    .innerJoin('delivery.release as release', 'release.id', 'rollout.release_id')
    .leftJoin('delivery.rollback as rollback', 'rollback.rollout_id', 'rollout.id')
    .select((eb) => eb.fn.max('release.sequence').as('sequence'))
    .where('rollback.rollout_id', 'is', null)
    .where('rollout.product_id', '=', productId)
    .where('rollout.channel', '=', channel)
    .where('rollout.state', '=', 'complete')
    .where('release.state', '=', 'published')
    .executeTakeFirst()
  return row?.sequence ?? 0
}

export function claimDueRollouts(db: Db, now: Date, limit: number) {
  return claimDue(db, TABLE, { now, limit })
}

export function nextDueRollout(db: Db) {
  return nextDueOf(db, TABLE)
}

export function toRollout(row: Selectable<Tables['delivery.rollout']>): Rollout {
  return {
    id: row.id,
    productId: row.product_id,
    channel: row.channel,
    releaseId: row.release_id,
    salt: row.salt,
    state: row.state,
    // Written by this store alone.
    steps: row.steps as Step[],
    step: row.step,
    silentAfterSeconds: row.silent_after_seconds,
    because: row.because,
    // Written by this store alone, like the tally.
    reason: row.reason as Reason | null,
    tally: row.tally as Tally,
    createdBy: row.created_by,
    endedBy: row.ended_by,
    startedAt: row.started_at,
    listenedSince: row.listened_since,
    endedAt: row.ended_at,
  }
}
