// All SQL of artifacts.
import '../tables.ts'
import { sql } from 'kysely'
import type { Reader, Tx } from '#platform/db'
import type { Artifact } from './artifact.ts'

const COLUMNS = [
  'id',
  'release_id',
  'platform',
  'arch',
  'name',
  'kind',
  'size',
  'sha256',
  'sha512',
  'plain_sha256',
  'plain_size',
] as const

export async function addArtifact(tx: Tx, artifact: Artifact, createdAt: Date) {
  const { releaseId, plain, ...columns } = artifact
  await tx
    .insertInto('delivery.artifact')
    .values({
      ...columns,
      release_id: releaseId,
      plain_sha256: plain?.sha256 ?? null,
      plain_size: plain?.size ?? null,
      created_at: createdAt,
    })
    .execute()
}

export async function removeArtifact(tx: Tx, releaseId: string, id: string) {
  return tx
    .deleteFrom('delivery.artifact')
    .where('release_id', '=', releaseId)
    .where('id', '=', id)
    .returning('sha256')
    .executeTakeFirst()
}

export async function listArtifacts(db: Reader, releaseIds: string[]): Promise<Artifact[]> {
  if (releaseIds.length === 0) return []
  const rows = await db
    .selectFrom('delivery.artifact')
    .select(COLUMNS)
    .where('release_id', '=', sql<string>`any(${releaseIds})`)
    .orderBy('platform')
    .orderBy('arch')
    .execute()
  return rows.map(toArtifact)
}

/** An artifact with the state of its release, by id. */
export async function findArtifact(db: Reader, id: string) {
  const row = await db
    .selectFrom('delivery.artifact as artifact')
    .innerJoin('delivery.release as release', 'release.id', 'artifact.release_id')
    .select(COLUMNS.map((column) => `artifact.${column}` as const))
    .select(['release.product_id', 'release.state'])
    .where('artifact.id', '=', id)
    .executeTakeFirst()
  return row && { ...toArtifact(row), productId: row.product_id, releaseState: row.state }
}

interface ArtifactRow {
  id: string
  release_id: string
  platform: string
  arch: string
  name: string
  kind: Artifact['kind']
  size: string
  sha256: string
  sha512: string
  plain_sha256: string | null
  plain_size: string | null
}

function toArtifact(row: ArtifactRow): Artifact {
  return {
    id: row.id,
    releaseId: row.release_id,
    platform: row.platform,
    arch: row.arch,
    name: row.name,
    kind: row.kind,
    size: Number(row.size),
    sha256: row.sha256,
    sha512: row.sha512,
    plain: row.plain_sha256 === null ? null : { sha256: row.plain_sha256, size: Number(row.plain_size) },
  }
}
