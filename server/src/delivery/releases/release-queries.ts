// SQL of the screens of releases: each returns the view, and begins with what the actor may see.
import '../tables.ts'
import { sql } from 'kysely'
import type { Static } from 'typebox'
import { type Actor, isStaff } from '#identity'
import type { Db } from '#platform/db'
import { unknownCursor } from '#platform/errors'
import { listArtifacts } from '../artifacts/artifact-store.ts'
import type { Artifact } from '../artifacts/artifact.ts'
import { listReleasesFor } from '../entitlements/entitlement-store.ts'
import type { Release } from './release.ts'
import { maySeeRelease } from './release-policy.ts'
import type { ReleaseView } from './release-schemas.ts'
import { findRelease, toRelease } from './release-store.ts'

export interface ReleaseFilter {
  productId?: string
  version?: string
  limit?: number
  /** Id of the last release of the page before. */
  after?: string
}

type View = Static<typeof ReleaseView>

/** Newest first. */
export async function listReleaseViews(
  db: Db,
  actor: Actor,
  filter: ReleaseFilter,
): Promise<{ items: View[]; next: string | null }> {
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
  if (last) query = query.where((eb) => eb(eb.refTuple('created_at', 'id'), '<', eb.tuple(last.createdAt, last.id)))
  const rows = await query
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const releases = rows.slice(0, limit).map(toRelease)
  const artifacts = await listArtifacts(
    db,
    releases.map((release) => release.id),
  )
  return {
    items: releases.map((release) => toView(release, artifacts)),
    next: rows.length > limit ? (releases.at(-1)?.id ?? null) : null,
  }
}

export async function findReleaseView(db: Db, actor: Actor, id: string): Promise<View | undefined> {
  const release = await findRelease(db, id)
  const entitled = actor.kind === 'member' ? await listReleasesFor(db, actor.organisationId) : []
  if (!release || !maySeeRelease(actor, release, entitled)) return undefined
  return toView(release, await listArtifacts(db, [id]))
}

function toView(release: Release, artifacts: Artifact[]): View {
  return {
    ...release,
    artifacts: artifacts.filter((artifact) => artifact.releaseId === release.id),
    createdAt: release.createdAt.toISOString(),
    publishedAt: release.publishedAt?.toISOString() ?? null,
    withdrawnAt: release.withdrawnAt?.toISOString() ?? null,
  }
}
