// SQL of the screens of releases: each begins with what the actor may see.
import '../tables.ts'
import { sql } from 'kysely'
import { type Actor, isStaff } from '#identity'
import type { Db } from '#platform/db'
import { unknownCursor } from '#platform/errors'
import { listReleasesFor } from '../entitlements/entitlement-store.ts'
import type { Release } from './release.ts'
import { maySeeRelease } from './release-policy.ts'
import { findRelease, toRelease } from './release-store.ts'

export interface ReleaseFilter {
  productId?: string
  version?: string
  limit?: number
  /** Id of the last release of the page before. */
  after?: string
}

/** Since when it is what it is to others; a draft since it was made. */
const NEWNESS = sql<Date>`coalesce(published_at, created_at)`

/** Newest first. */
export async function pageReleases(
  db: Db,
  actor: Actor,
  filter: ReleaseFilter,
): Promise<{ items: Release[]; next: string | null }> {
  const limit = filter.limit ?? 50
  let query = db.selectFrom('delivery.release').selectAll()
  const entitled = actor.kind === 'member' ? await listReleasesFor(db, actor.organisationId) : []
  if (!isStaff(actor)) {
    query = query.where('state', '!=', 'draft').where('id', '=', sql<string>`any(${entitled})`)
  }
  if (filter.productId !== undefined) query = query.where('product_id', '=', filter.productId)
  if (filter.version !== undefined) query = query.where('version', '=', filter.version)
  const last = filter.after === undefined ? undefined : await findRelease(db, filter.after)
  if (filter.after !== undefined && !(last && maySeeRelease(actor, last, entitled))) throw unknownCursor()
  if (last) query = query.where(sql<boolean>`(${NEWNESS}, id collate "C") < (${last.publishedAt ?? last.createdAt}, ${last.id})`)
  const rows = await query
    .orderBy(NEWNESS, 'desc')
    .orderBy(sql`id collate "C"`, 'desc')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map(toRelease)
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export async function findSeenRelease(db: Db, actor: Actor, id: string): Promise<Release | undefined> {
  const release = await findRelease(db, id)
  const entitled = actor.kind === 'member' ? await listReleasesFor(db, actor.organisationId) : []
  return release && maySeeRelease(actor, release, entitled) ? release : undefined
}
