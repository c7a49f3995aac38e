// Assembles delivery: what it offers, and its doors.
import { join } from 'node:path'
import type { Http } from '#platform/http'
import type { ImmutableFile } from '#platform/http/send-file'
import type { Worker } from '#platform/jobs'
import type { Loop } from '#platform/loops'
import { artifactRoutes } from './artifacts/artifact-routes.ts'
import { findArtifact } from './artifacts/artifact-store.ts'
import { artifactWorkers } from './artifacts/artifact-workers.ts'
import { createUploads } from './artifacts/uploads.ts'
import { createDeltas } from './deltas/deltas.ts'
import type { DeliveryDeps } from './deps.ts'
import { entitlementRoutes } from './entitlements/entitlement-routes.ts'
import { listEntitlements } from './entitlements/entitlement-store.ts'
import { productRoutes } from './products/product-routes.ts'
import { findProduct } from './products/product-store.ts'
import { releaseRoutes } from './releases/release-routes.ts'
import { createRollouts } from './rollouts/rollouts.ts'
import { createTrust } from './trust/trust.ts'
import type { DeliverySnapshot, Product, PublishedPatch, PublishedRelease } from './snapshot.ts'
import { listPublished, readSnapshot } from './snapshot-queries.ts'

export interface ArtifactFile extends ImmutableFile {
  productId: string
}

export interface Delivery {
  routes(http: Http): Promise<void>
  /** Everything that decides what an installation runs, read at one moment. */
  readSnapshot(): Promise<DeliverySnapshot>
  findProduct(productId: string): Promise<Product | undefined>
  /** With a channel: to that channel; without: to any of the product. */
  isEntitled(organisationId: string, productId: string, channel?: string): Promise<boolean>
  listEntitlements(organisationId: string): Promise<{ productId: string; channel: string }[]>
  /** Published and withdrawn releases of a product, oldest first. */
  listReleases(productId: string): Promise<PublishedRelease[]>
  /** The bytes of an artifact, for streaming. */
  artifactFile(artifactId: string): Promise<ArtifactFile | undefined>
  /** A document of a TUF repository that was in force once, as it was served. */
  findTrustDocument(productId: string, wanted: { role: string; version: number }): Promise<string | undefined>
  /** The bytes of a patch of the snapshot, for streaming. */
  patchFile(patch: PublishedPatch): ImmutableFile
  /** A release was published, or goes to a channel: patches are made from what installations run now. */
  wantPatches(releaseId: string): Promise<void>
  /** An installation told how a release fares: the rollout of that release is judged now. */
  weighOutcome(releaseId: string): Promise<void>
  loops: Loop[]
  workers: Worker[]
}

export function createDelivery(needs: DeliveryDeps): Delivery {
  const { db, clock } = needs
  const deps = { ...needs, upSince: clock.now() }
  const { contents } = deps
  const deltas = createDeltas({ ...deps, workDir: join(deps.filesDir, 'patches') })
  const rollouts = createRollouts(deps)
  const trust = createTrust(deps)
  const uploads = createUploads(join(deps.filesDir, 'uploads'), deps.log)

  return {
    async routes(http) {
      productRoutes(http, deps)
      entitlementRoutes(http, deps)
      trust.routes(http)
      releaseRoutes(http, { ...deps, uploads })
      rollouts.routes(http)
      await artifactRoutes(http, { ...deps, uploads })
    },
    readSnapshot: () => readSnapshot(deps),
    findProduct: (productId) => findProduct(db, productId),
    async isEntitled(organisationId, productId, channel) {
      const entitlements = await listEntitlements(db, organisationId)
      return entitlements.some((one) => one.productId === productId && (channel === undefined || one.channel === channel))
    },
    listEntitlements: (organisationId) => listEntitlements(db, organisationId),
    listReleases: (productId) => listPublished(db, productId),
    async artifactFile(artifactId) {
      const artifact = await findArtifact(db, artifactId)
      return artifact && { ...artifact, open: (range) => contents.open(artifact.sha256, range) }
    },
    findTrustDocument: trust.findDocument,
    patchFile: deltas.file,
    wantPatches: deltas.want,
    weighOutcome: rollouts.weighOutcome,
    loops: [rollouts.loop, ...trust.loops],
    workers: [...artifactWorkers(deps, uploads), ...deltas.workers],
  }
}
