// SQL of the write side of releases.
import '../tables.ts'
import type { SignedManifest } from '@fairway/trust'
import type { Selectable } from 'kysely'
import type { Reader, Tables, Tx } from '#platform/db'
import { Refusal } from '#platform/errors'
import type { Release } from './release.ts'

export async function findRelease(db: Reader, id: string) {
  const row = await db.selectFrom('delivery.release').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toRelease(row)
}

export async function findReleaseByVersion(db: Reader, productId: string, version: string) {
  const row = await db
    .selectFrom('delivery.release')
    .selectAll()
    .where('product_id', '=', productId)
    .where('version', '=', version)
    .executeTakeFirst()
  return row && toRelease(row)
}

export async function lockRelease(tx: Tx, id: string) {
  const row = await tx.selectFrom('delivery.release').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  // A draft may have been thrown away since it was looked at.
  if (!row) throw new Refusal('not_found', 'release.unknown', `There is no release ${id}.`)
  return toRelease(row)
}

export async function addRelease(
  tx: Tx,
  release: Pick<Release, 'id' | 'productId' | 'version' | 'notes' | 'fixes' | 'minimumVersion' | 'createdAt' | 'createdBy'>,
) {
  await tx
    .insertInto('delivery.release')
    .values({
      id: release.id,
      product_id: release.productId,
      version: release.version,
      state: 'draft',
      sequence: null,
      notes: release.notes,
      fixes: release.fixes,
      minimum_version: release.minimumVersion,
      manifest: null,
      created_by: release.createdBy,
      created_at: release.createdAt,
      published_at: null,
      published_by: null,
      withdrawn_at: null,
      withdrawn_reason: null,
    })
    .execute()
}

export async function savePublished(
  tx: Tx,
  id: string,
  published: { sequence: number; manifest: SignedManifest; publishedAt: Date; publishedBy: string },
) {
  await tx
    .updateTable('delivery.release')
    .set({
      state: 'published',
      sequence: published.sequence,
      manifest: JSON.stringify(published.manifest),
      published_at: published.publishedAt,
      published_by: published.publishedBy,
    })
    .where('id', '=', id)
    .execute()
}

export async function saveAmendment(tx: Tx, id: string, { notes, fixes }: { notes: string; fixes: string[] }) {
  await tx.updateTable('delivery.release').set({ notes, fixes }).where('id', '=', id).execute()
}

export async function saveWithdrawn(tx: Tx, id: string, { at, reason }: { at: Date; reason: string }) {
  await tx
    .updateTable('delivery.release')
    .set({ state: 'withdrawn', withdrawn_at: at, withdrawn_reason: reason })
    .where('id', '=', id)
    .execute()
}

export async function removeDraft(tx: Tx, id: string) {
  await tx.deleteFrom('delivery.artifact').where('release_id', '=', id).execute()
  await tx.deleteFrom('delivery.release').where('id', '=', id).execute()
}

export function toRelease(row: Selectable<Tables['delivery.release']>): Release {
  return {
    id: row.id,
    productId: row.product_id,
    version: row.version,
    state: row.state,
    sequence: row.sequence,
    notes: row.notes,
    fixes: row.fixes,
    minimumVersion: row.minimum_version,
    // Written by savePublished alone.
    manifest: row.manifest as SignedManifest | null,
    createdBy: row.created_by,
    publishedBy: row.published_by,
    createdAt: row.created_at,
    publishedAt: row.published_at,
    withdrawnAt: row.withdrawn_at,
    withdrawnReason: row.withdrawn_reason,
  }
}
