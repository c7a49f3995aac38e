// Reads everything that decides what an installation runs, at one moment.
import './tables.ts'
import type { SignedManifest } from '@fairway/trust'
import type { Reader } from '#platform/db'
import { listArtifacts } from './artifacts/artifact-store.ts'
import { listMadePatches } from './deltas/patch-store.ts'
import { listEntitlements } from './entitlements/entitlement-store.ts'
import type { DeliveryDeps } from './deps.ts'
import { listChannels, listProducts } from './products/product-store.ts'
import { toRelease } from './releases/release-store.ts'
import { listRollbacks } from './rollouts/rollback-store.ts'
import { toRollout } from './rollouts/rollout-store.ts'
import type { ActiveRollout, ChannelState, DeliverySnapshot, PublishedRelease } from './snapshot.ts'
import { readRepositories } from './trust/repositories.ts'

export async function readSnapshot({ db, secrets }: Pick<DeliveryDeps, 'db' | 'secrets'>): Promise<DeliverySnapshot> {
  // One statement would see one moment; several need a transaction that does.
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => ({
      products: (await listProducts(tx)).map(({ createdAt: _createdAt, ...product }) => product),
      channels: await listChannelStates(tx),
      releases: await listPublished(tx),
      repositories: await readRepositories(tx, { secrets }),
      patches: await listMadePatches(tx),
      entitlements: await listEntitlements(tx),
    }))
}

/** Published and withdrawn releases, of one product or of all, oldest first. */
export async function listPublished(db: Reader, productId?: string): Promise<PublishedRelease[]> {
  let query = db.selectFrom('delivery.release').selectAll().where('state', '!=', 'draft')
  if (productId !== undefined) query = query.where('product_id', '=', productId)
  const releases = (await query.orderBy('product_id').orderBy('sequence').execute()).map(toRelease)
  const artifacts = Map.groupBy(
    await listArtifacts(
      db,
      releases.map((release) => release.id),
    ),
    (artifact) => artifact.releaseId,
  )
  return releases.map((release) => ({
    id: release.id,
    productId: release.productId,
    version: release.version,
    state: release.state === 'withdrawn' ? 'withdrawn' : 'published',
    // A constraint of the table: only drafts are without.
    sequence: release.sequence as number,
    publishedAt: release.publishedAt as Date,
    manifest: release.manifest as SignedManifest,
    notes: release.notes,
    fixes: release.fixes,
    minimumVersion: release.minimumVersion,
    artifacts: artifacts.get(release.id) ?? [],
  }))
}

async function listChannelStates(db: Reader): Promise<ChannelState[]> {
  const completed = await db
    .selectFrom('delivery.rollout as rollout')
    .innerJoin('delivery.release as release', 'release.id', 'rollout.release_id')
    .leftJoin('delivery.rollback as rollback', 'rollback.rollout_id', 'rollout.id')
    .distinctOn(['rollout.product_id', 'rollout.channel'])
    .select(['rollout.product_id', 'rollout.channel', 'rollout.release_id'])
    .where('rollout.state', '=', 'complete')
    .where('rollback.rollout_id', 'is', null)
    .where('release.state', '=', 'published')
    .orderBy('rollout.product_id')
    .orderBy('rollout.channel')
    .orderBy('rollout.ended_at', 'desc')
    .execute()
  const proven = await db
    .selectFrom('delivery.rollout as rollout')
    .leftJoin('delivery.rollback as rollback', 'rollback.rollout_id', 'rollout.id')
    .select(['rollout.product_id', 'rollout.channel', 'rollout.release_id'])
    .distinct()
    .where('rollout.state', '=', 'complete')
    .where('rollback.rollout_id', 'is', null)
    .execute()
  const brought = await db.selectFrom('delivery.rollout').select(['product_id', 'channel', 'release_id']).distinct().execute()
  const unfinished = await db.selectFrom('delivery.rollout').selectAll().where('state', 'in', ['running', 'paused']).execute()
  const rollouts = unfinished.map(toRollout)
  const rollbacks = await listRollbacks(db)
  return (await listChannels(db)).map(({ productId, name }) => {
    const rollout = rollouts.find((one) => one.productId === productId && one.channel === name)
    return {
      productId,
      name,
      completedReleaseId: completed.find((row) => row.product_id === productId && row.channel === name)?.release_id ?? null,
      provenReleaseIds: proven.filter((row) => row.product_id === productId && row.channel === name).map((row) => row.release_id),
      releaseIds: brought.filter((row) => row.product_id === productId && row.channel === name).map((row) => row.release_id),
      rollout: rollout ? toActive(rollout) : null,
      rollbacks: rollbacks.filter((one) => one.productId === productId && one.channel === name),
    }
  })
}

function toActive({ id, releaseId, salt, state, startedAt, steps, step }: ReturnType<typeof toRollout>): ActiveRollout {
  const current = steps[step]
  return {
    id,
    releaseId,
    salt,
    state: state === 'paused' ? 'paused' : 'running',
    startedAt,
    percent: current?.startedAt ? current.percent : 0,
    threshold: current?.threshold ?? steps[step - 1]?.threshold ?? null,
    step: step + 1,
    steps: steps.map(({ percent, threshold }) => ({ percent, threshold })),
  }
}
