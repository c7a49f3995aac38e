// All SQL of the loop that closes.
import '../tables.ts'
import { type Selectable, sql } from 'kysely'
import type { Db, Reader, Tables, Tx } from '#platform/db'
import { claimDue, nextDueOf } from '#platform/loops'
import type { Behind, Watched } from './judge-inquiry.ts'
import type { Watch } from './watch.ts'

const TABLE = sql`portal.watch`

export function claimWatches(db: Db, due: { now: Date; limit: number }) {
  return claimDue(db, TABLE, due)
}

export function nextWatchAt(db: Db) {
  return nextDueOf(db, TABLE)
}

/** Begins to watch, or begins anew for another known error; a transition under way is overtaken. */
export async function startWatch(
  tx: Tx,
  watch: { id: string; knownErrorId: string; productId: string; state: 'watching' | 'done'; at: Date; watched: Watched[] },
) {
  const { id, knownErrorId, productId, state, at, watched } = watch
  const fresh = {
    known_error_id: knownErrorId,
    product_id: productId,
    state,
    trust_from: null,
    distrusted_release_ids: [],
    announced_release_id: null,
    guard_until: null,
    because: '',
    waits_for: '[]',
    next_at: state === 'watching' ? at : null,
    lease_until: null,
  }
  await tx
    .insertInto('portal.watch')
    .values({ id, ...fresh })
    .onConflict((conflict) => conflict.column('id').doUpdateSet((eb) => ({ ...fresh, epoch: eb('portal.watch.epoch', '+', 1) })))
    .execute()
  await tx.deleteFrom('portal.watched_installation').where('watch_id', '=', id).execute()
  for (let first = 0; first < watched.length; first += 1000) {
    const rows = watched
      .slice(first, first + 1000)
      .map((one) => ({ watch_id: id, installation_id: one.installationId, is_named: one.isNamed, versions: one.versions }))
    await tx.insertInto('portal.watched_installation').values(rows).execute()
  }
}

export async function findWatch(db: Reader, id: string) {
  const row = await db.selectFrom('portal.watch').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toWatch(row)
}

/** The watch, unless somebody overtook this transition: then it must not write. */
export async function lockClaimedWatch(tx: Tx, { id, epoch }: { id: string; epoch: number }) {
  const row = await tx
    .selectFrom('portal.watch')
    .selectAll()
    .where('id', '=', id)
    .where('epoch', '=', epoch)
    .forUpdate()
    .executeTakeFirst()
  return row && toWatch(row)
}

export async function listWatched(db: Reader, watchId: string): Promise<Watched[]> {
  const rows = await db.selectFrom('portal.watched_installation').selectAll().where('watch_id', '=', watchId).execute()
  return rows.map((row) => ({ installationId: row.installation_id, isNamed: row.is_named, versions: row.versions }))
}

/** Ends a claimed transition: the lease is free again. Must be in the transaction that locked the watch. */
export async function saveWatch(tx: Tx, watch: Watch) {
  await tx
    .updateTable('portal.watch')
    .set({
      state: watch.state,
      trust_from: watch.trustFrom,
      distrusted_release_ids: watch.distrustedReleaseIds,
      announced_release_id: watch.announcedReleaseId,
      guard_until: watch.guardUntil,
      because: watch.because,
      waits_for: JSON.stringify(watch.waitsFor),
      next_at: watch.nextAt,
      lease_until: null,
    })
    .where('id', '=', watch.id)
    .execute()
}

/** For people, who need no claim: whatever transition is under way is overtaken. */
export async function overtakeWatch(tx: Tx, id: string) {
  const row = await tx
    .updateTable('portal.watch')
    .set((eb) => ({ epoch: eb('epoch', '+', 1), lease_until: null }))
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row && toWatch(row)
}

/** The row stays: its epoch must never begin anew, or a late transition could take itself for a new one. */
export async function stopWatch(tx: Tx, id: string) {
  const watch = await overtakeWatch(tx, id)
  if (watch) await saveWatch(tx, { ...watch, state: 'done', nextAt: null })
  await tx.deleteFrom('portal.watched_installation').where('watch_id', '=', id).execute()
}

/** What happened may concern these; a transition that reads older facts is overtaken and made again. */
export async function wakeWatches(
  db: Reader,
  which: { knownErrorIds: string[] } | { productId: string } | { installationId: string },
  now: Date,
) {
  const concerned =
    'installationId' in which
      ? sql`state <> 'done' and id in (select watch_id from portal.watched_installation where installation_id = ${which.installationId})`
      : 'productId' in which
        ? sql`state = 'watching' and product_id = ${which.productId}`
        : sql`state = 'watching' and known_error_id = any(${which.knownErrorIds})`
  // Locked in one order, so that two that wake the same rows never wait for each other.
  await sql`update portal.watch set next_at = ${now}, lease_until = null, epoch = epoch + 1
    where id in (select id from portal.watch where ${concerned} order by id for update)`.execute(db)
}

function toWatch(row: Selectable<Tables['portal.watch']>): Watch {
  return {
    id: row.id,
    knownErrorId: row.known_error_id,
    productId: row.product_id,
    state: row.state,
    trustFrom: row.trust_from,
    distrustedReleaseIds: row.distrusted_release_ids,
    announcedReleaseId: row.announced_release_id,
    guardUntil: row.guard_until,
    because: row.because,
    // Written by saveWatch; it holds no dates.
    waitsFor: row.waits_for as Behind[],
    nextAt: row.next_at,
    epoch: row.epoch,
  }
}
