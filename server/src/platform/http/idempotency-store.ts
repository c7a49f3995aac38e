// SQL of the kept answers.
import '../tables.ts'
import type { Db } from '../db.ts'

interface Once {
  caller: string
  route: string
  key: string
}

/** True for the first to come with this key, or the first after the former was long enough ago. */
export async function beginOnce(
  db: Db,
  { now, forgetBefore, requestSha256, ...once }: Once & { process: string; requestSha256: string; now: Date; forgetBefore: Date },
) {
  const begun = { process: once.process, request_sha256: requestSha256, status: null, body: null, created_at: now }
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('platform.idempotency')
    .values({ ...once, ...begun })
    .onConflict((conflict) =>
      conflict.columns(['caller', 'route', 'key']).doUpdateSet(begun).where('platform.idempotency.created_at', '<', forgetBefore),
    )
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

export async function findAnswer(db: Db, once: Once) {
  return byKey(db, once).select(['status', 'body', 'request_sha256']).executeTakeFirst()
}

export async function saveAnswer(db: Db, { caller, route, key }: Once, answer: { status: number; body: string | null }) {
  await db
    .updateTable('platform.idempotency')
    .set(answer)
    .where('caller', '=', caller)
    .where('route', '=', route)
    .where('key', '=', key)
    .execute()
}

export async function forgetUnfinished(db: Db, { caller, route, key }: Once) {
  await db
    .deleteFrom('platform.idempotency')
    .where('caller', '=', caller)
    .where('route', '=', route)
    .where('key', '=', key)
    .where('status', 'is', null)
    .execute()
}

export async function forgetAnswers(db: Db, before: Date) {
  await db.deleteFrom('platform.idempotency').where('created_at', '<', before).execute()
}

function byKey(db: Db, { caller, route, key }: Once) {
  return db.selectFrom('platform.idempotency').where('caller', '=', caller).where('route', '=', route).where('key', '=', key)
}
