// All SQL of the rows of installations. A read takes the database, a write demands a transaction.
import '../tables.ts'
import { type Selectable, sql } from 'kysely'
import type { Db, Reader, Tables, Tx } from '#platform/db'
import type { StoredInstallation } from '../installation.ts'

/** What changes by itself or by a person; the rest of the row never does. */
export type InstallationChange = Partial<
  Pick<StoredInstallation, 'name' | 'state' | 'instance' | 'instanceSince' | 'supersededInstances' | 'copiedAt'>
>

export async function findInstallation(db: Reader, id: string) {
  const row = await db.selectFrom('fleet.installation').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toInstallation(row)
}

export async function listByIds(db: Reader, ids: string[]) {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('fleet.installation')
    .selectAll()
    .where((eb) => eb('id', '=', eb.fn.any(eb.val(ids))))
    .execute()
  return rows.map(toInstallation)
}

export async function listActive(db: Db, filter: { organisationId?: string; productId?: string; channel?: string }) {
  let query = db.selectFrom('fleet.installation').selectAll().where('state', '=', 'active')
  if (filter.organisationId !== undefined) query = query.where('organisation_id', '=', filter.organisationId)
  if (filter.productId !== undefined) query = query.where('product_id', '=', filter.productId)
  if (filter.channel !== undefined) query = query.where('channel', '=', filter.channel)
  const rows = await query.orderBy('id').execute()
  return rows.map(toInstallation)
}

export async function listActiveIds(db: Db, { productId, channel }: { productId: string; channel: string }) {
  const rows = await db
    .selectFrom('fleet.installation')
    .select('id')
    .where('state', '=', 'active')
    .where('product_id', '=', productId)
    .where('channel', '=', channel)
    .execute()
  return rows.map(({ id }) => id)
}

/** How many active ones run which release. */
export async function countRunning(db: Db, { productId, channel }: { productId: string; channel?: string }) {
  let query = db.selectFrom('fleet.installation').where('state', '=', 'active').where('product_id', '=', productId)
  if (channel !== undefined) query = query.where('channel', '=', channel)
  return query
    .select(['release_id as releaseId', sql<number>`count(*)::int`.as('count')])
    .groupBy('release_id')
    .execute()
}

/** Ids of those that lost their access in the last minute; cheap enough to be asked twice a second. */
export async function listIdsClosedLately(db: Db) {
  const rows = await db
    .selectFrom('fleet.installation')
    .select('id')
    .where('state', '<>', 'active')
    .where('updated_at', '>=', sql<Date>`now() - interval '1 minute'`)
    .execute()
  return rows.map(({ id }) => id)
}

export async function databaseTime(db: Db) {
  const { now } = await db.selectNoFrom(sql<Date>`now()`.as('now')).executeTakeFirstOrThrow()
  return now
}

/** Holds the row until the transaction ends. */
export async function lockInstallation(tx: Tx, id: string) {
  const [found] = await lockInstallations(tx, [id])
  return found
}

/** Locks in the order of ids, as everybody must, so that two transactions cannot wait for each other. */
export async function lockInstallations(tx: Tx, ids: string[]) {
  const rows = await tx
    .selectFrom('fleet.installation')
    .selectAll()
    .where((eb) => eb('id', '=', eb.fn.any(eb.val(ids))))
    .orderBy('id')
    .forNoKeyUpdate()
    .execute()
  return rows.map(toInstallation)
}

export async function addInstallation(tx: Tx, installation: StoredInstallation) {
  await tx
    .insertInto('fleet.installation')
    .values({
      id: installation.id,
      organisation_id: installation.organisationId,
      product_id: installation.productId,
      channel: installation.channel,
      name: installation.name,
      platform: installation.platform,
      arch: installation.arch,
      public_key: installation.publicKey,
      state: installation.state,
      health: installation.health,
      enrolled_at: installation.enrolledAt,
    })
    .execute()
}

export async function saveChange(tx: Tx, id: string, change: InstallationChange) {
  const row = await tx
    .updateTable('fleet.installation')
    .set({
      ...(change.name !== undefined && { name: change.name }),
      ...(change.state !== undefined && { state: change.state }),
      ...(change.instance !== undefined && { instance: change.instance }),
      ...(change.instanceSince !== undefined && { instance_since: change.instanceSince }),
      ...(change.supersededInstances !== undefined && { superseded_instances: change.supersededInstances }),
      ...(change.copiedAt !== undefined && { copied_at: change.copiedAt }),
      revision: sql`revision + 1`,
      updated_at: sql`now()`,
    })
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirstOrThrow()
  return toInstallation(row)
}

/** Writes what check-ins and reports change, for many rows at once; the caller holds their locks. */
export async function saveHeard(tx: Tx, installations: StoredInstallation[]) {
  if (installations.length === 0) return
  await sql`
    update fleet.installation i set
      platform = c.platform, arch = c.arch, version = c.version, release_id = c."releaseId",
      health = c.health, healthy_since = c."healthySince", refused_release_ids = c."refusedReleaseIds",
      copied_at = c."copiedAt", revision = c.revision, updated_at = now()
    from json_to_recordset(${JSON.stringify(installations)}::json) as c(
      id text, platform text, arch text, version text, "releaseId" text, health text, "healthySince" timestamptz,
      "refusedReleaseIds" text[], "copiedAt" timestamptz, revision int)
    where i.id = c.id`.execute(tx)
}

export interface Seen {
  id: string
  lastSeenMs: number
}

/** Notes when installations were heard; rows are locked in order of ids, as everywhere. */
export async function saveLastSeen(db: Db, seen: Seen[]) {
  const ids = seen.map(({ id }) => id)
  const times = seen.map(({ lastSeenMs }) => lastSeenMs)
  await sql`
    with heard as materialized (
      select i.id, to_timestamp(s.ms / 1000) as at
      from fleet.installation i join unnest(${ids}::text[], ${times}::float8[]) as s(id, ms) on s.id = i.id
      order by i.id for no key update of i)
    update fleet.installation i set last_seen_at = greatest(i.last_seen_at, heard.at) from heard where i.id = heard.id`.execute(
    db,
  )
}

export function toInstallation(row: Selectable<Tables['fleet.installation']>): StoredInstallation {
  return {
    id: row.id,
    organisationId: row.organisation_id,
    productId: row.product_id,
    channel: row.channel,
    name: row.name,
    platform: row.platform,
    arch: row.arch,
    publicKey: row.public_key,
    state: row.state,
    version: row.version,
    releaseId: row.release_id,
    health: row.health,
    healthySince: row.healthy_since,
    refusedReleaseIds: row.refused_release_ids,
    instance: row.instance,
    instanceSince: row.instance_since,
    supersededInstances: row.superseded_instances,
    copiedAt: row.copied_at,
    enrolledAt: row.enrolled_at,
    lastSeenAt: row.last_seen_at,
    revision: row.revision,
  }
}
