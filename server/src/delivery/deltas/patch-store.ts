// All SQL of patches: which are wanted, which is next, and what became of each.
import '../tables.ts'
import { sql } from 'kysely'
import type { ArtifactKind, PlainContent } from '@fairway/trust'
import type { Db, Reader, Tx } from '#platform/db'
import type { PublishedPatch } from '../snapshot.ts'
import type { WantedPatch } from './choose-dictionaries.ts'

/** A patch that is being made, and where its two sides lie in the store. */
export interface NextPatch {
  artifactId: string
  dictionarySha256: string
  /** This one included. */
  attempts: number
  releaseId: string
  productId: string
  version: string
  dictionary: StoredSide
  target: StoredSide
}

export interface StoredSide {
  /** Of the artifact in the store. */
  sha256: string
  size: number
  kind: ArtifactKind
  plain: PlainContent
}

export const TRIES = 3

/** Returns how many are new: what was wanted once is not tried for ever. */
export async function addWanted(tx: Tx, wanted: WantedPatch[], now: Date) {
  if (wanted.length === 0) return 0
  const rows = wanted.map(({ artifactId, dictionarySha256, targetSha256, uses }) => ({
    artifact_id: artifactId,
    dictionary_sha256: dictionarySha256,
    target_sha256: targetSha256,
    state: 'wanted' as const,
    uses,
    wanted_at: now,
  }))
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('delivery.patch')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows ?? 0)
}

/** Begins the next try of a release: what most installations wait for first. Undefined where none is left, or the release was withdrawn. */
export async function beginNext(db: Db, releaseId: string): Promise<NextPatch | undefined> {
  return db.transaction().execute(async (tx) => {
    await giveUpKilled(tx, releaseId)
    const row = await nextWanted(tx, releaseId)
    if (!row) return undefined
    const which = { artifactId: row.artifact_id, dictionarySha256: row.dictionary_sha256 }
    const attempts = row.attempts + 1
    await one(tx, which).set({ attempts }).execute()
    const dictionary = sideOf({ ...row, plain_sha256: row.dictionary_sha256 })
    const target = sideOf({
      sha256: row.new_sha256,
      size: row.new_size,
      kind: row.new_kind,
      plain_sha256: row.target_sha256,
      plain_size: row.new_plain_size,
    })
    return { ...which, attempts, releaseId, productId: row.product_id, version: row.version, dictionary, target }
  })
}

async function giveUpKilled(tx: Tx, releaseId: string) {
  await tx
    .updateTable('delivery.patch')
    .from('delivery.artifact as artifact')
    .set({ state: 'failed', because: 'Whoever made it was ended each time.' })
    .whereRef('artifact.id', '=', 'delivery.patch.artifact_id')
    .where('artifact.release_id', '=', releaseId)
    .where('delivery.patch.state', '=', 'wanted')
    .where('delivery.patch.attempts', '>=', TRIES)
    .execute()
}

function nextWanted(tx: Tx, releaseId: string) {
  return (
    tx
      .selectFrom('delivery.patch as patch')
      .innerJoin('delivery.artifact as new', 'new.id', 'patch.artifact_id')
      .innerJoin('delivery.release as release', 'release.id', 'new.release_id')
      // Any file with this inside will do.
      .innerJoin('delivery.artifact as old', 'old.plain_sha256', 'patch.dictionary_sha256')
      .select(['patch.artifact_id', 'patch.dictionary_sha256', 'patch.target_sha256', 'patch.attempts'])
      .select(['release.product_id', 'release.version'])
      .select(['new.sha256 as new_sha256', 'new.size as new_size', 'new.kind as new_kind', 'new.plain_size as new_plain_size'])
      .select(['old.sha256', 'old.size', 'old.kind', 'old.plain_size'])
      .where('new.release_id', '=', releaseId)
      .where('release.state', '=', 'published')
      .where('patch.state', '=', 'wanted')
      .orderBy('patch.attempts')
      .orderBy('patch.uses', 'desc')
      .orderBy('patch.artifact_id')
      .orderBy('patch.dictionary_sha256')
      .limit(1)
      .forUpdate('patch')
      .skipLocked()
      .executeTakeFirst()
  )
}

interface SideRow {
  sha256: string
  size: string
  kind: ArtifactKind
  plain_sha256: string
  plain_size: string | null
}

function sideOf({ sha256, size, kind, plain_sha256, plain_size }: SideRow): StoredSide {
  return { sha256, size: Number(size), kind, plain: { sha256: plain_sha256, size: Number(plain_size) } }
}

type Which = Pick<NextPatch, 'artifactId' | 'dictionarySha256'>

export async function saveMade(tx: Tx, which: Which, made: { contentSha256: string; size: number; cpuMs: number; at: Date }) {
  await one(tx, which)
    .set({ state: 'made', content_sha256: made.contentSha256, size: made.size, cpu_ms: made.cpuMs, made_at: made.at })
    .execute()
}

export async function saveUnmade(db: Db, which: Which, why: { state: 'useless' | 'failed'; because: string; cpuMs: number }) {
  await one(db, which).set({ state: why.state, because: why.because, cpu_ms: why.cpuMs }).execute()
}

/** The last failure is the last word. */
export async function saveFailure(
  db: Db,
  next: Pick<NextPatch, 'artifactId' | 'dictionarySha256' | 'attempts'>,
  because: string,
) {
  const state = next.attempts >= TRIES ? 'failed' : 'wanted'
  await one(db, next)
    .set({ state, because: because.slice(0, 500) })
    .execute()
}

function one(db: Db | Tx, { artifactId, dictionarySha256 }: Which) {
  return db.updateTable('delivery.patch').where('artifact_id', '=', artifactId).where('dictionary_sha256', '=', dictionarySha256)
}

/** What the patches of a release have cost so far. */
export async function spentCpuMs(db: Db, releaseId: string) {
  const row = await db
    .selectFrom('delivery.patch as patch')
    .innerJoin('delivery.artifact as artifact', 'artifact.id', 'patch.artifact_id')
    .select(sql<number>`coalesce(sum(patch.cpu_ms), 0)::int`.as('ms'))
    .where('artifact.release_id', '=', releaseId)
    .executeTakeFirstOrThrow()
  return row.ms
}

export async function isPublished(db: Db, releaseId: string) {
  const row = await db.selectFrom('delivery.release').select('state').where('id', '=', releaseId).executeTakeFirst()
  return row?.state === 'published'
}

/** Of releases that are published. */
export async function listMadePatches(db: Reader): Promise<PublishedPatch[]> {
  const rows = await db
    .selectFrom('delivery.patch as patch')
    .innerJoin('delivery.artifact as artifact', 'artifact.id', 'patch.artifact_id')
    .innerJoin('delivery.release as release', 'release.id', 'artifact.release_id')
    .select(['patch.artifact_id', 'patch.dictionary_sha256', 'patch.content_sha256', 'patch.size'])
    .where('patch.state', '=', 'made')
    .where('release.state', '=', 'published')
    .execute()
  return rows.map((row) => ({
    artifactId: row.artifact_id,
    dictionarySha256: row.dictionary_sha256,
    // A constraint of the table: what is made has both.
    sha256: row.content_sha256 as string,
    size: Number(row.size),
  }))
}

/** Releases of which patches are wanted still, though nobody has been at work for a while. */
export async function listForgotten(db: Db, before: Date) {
  const rows = await db
    .selectFrom('delivery.patch as patch')
    .innerJoin('delivery.artifact as artifact', 'artifact.id', 'patch.artifact_id')
    .innerJoin('delivery.release as release', 'release.id', 'artifact.release_id')
    .select('release.id')
    .distinct()
    .where('patch.state', '=', 'wanted')
    .where('patch.wanted_at', '<', before)
    .where('release.state', '=', 'published')
    .execute()
  return rows.map(({ id }) => id)
}

/** Products that have patches. */
export async function listPatchedProducts(db: Db) {
  const rows = await db
    .selectFrom('delivery.patch as patch')
    .innerJoin('delivery.artifact as artifact', 'artifact.id', 'patch.artifact_id')
    .innerJoin('delivery.release as release', 'release.id', 'artifact.release_id')
    .select('release.product_id')
    .distinct()
    .execute()
  return rows.map((row) => row.product_id)
}

/**
 * Removes patches of a product to withdrawn releases, and from contents that no release holds which still runs somewhere.
 * Returns the contents that they referred to.
 */
export async function removeOutworn(
  tx: Tx,
  { productId, running, before }: { productId: string; running: string[]; before: Date },
) {
  const { rows } = await sql<{ sha256: string }>`
    delete from delivery.patch p using delivery.artifact a, delivery.release r
    where a.id = p.artifact_id and r.id = a.release_id and r.product_id = ${productId}
      and (r.state = 'withdrawn' or (p.wanted_at < ${before} and p.state <> 'wanted' and not exists (
        select from delivery.artifact used where used.plain_sha256 = p.dictionary_sha256 and used.release_id = any(${running}))))
    returning p.content_sha256 as sha256`.execute(tx)
  return rows.flatMap(({ sha256 }) => (sha256 === null ? [] : [sha256]))
}

/** Releases before this one, the newest first; withdrawn ones too, since they run where they run. */
export async function listEarlier(
  db: Db,
  { productId, sequence, limit }: { productId: string; sequence: number; limit: number },
) {
  const rows = await db
    .selectFrom('delivery.release')
    .select('id')
    .where('product_id', '=', productId)
    .where('sequence', '<', sequence)
    .orderBy('sequence', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

export async function findMadePatch(db: Db, artifactId: string, dictionarySha256: string) {
  const row = await db
    .selectFrom('delivery.patch')
    .select(['content_sha256', 'size'])
    .where('artifact_id', '=', artifactId)
    .where('dictionary_sha256', '=', dictionarySha256)
    .where('state', '=', 'made')
    .executeTakeFirst()
  return row && { sha256: row.content_sha256 as string, size: Number(row.size) }
}
