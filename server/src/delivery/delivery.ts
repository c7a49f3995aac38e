// Assembles delivery: what it offers, and its doors.
import { join } from 'node:path'
import type { Http } from '#platform/http'
import { type Worker, worker } from '#platform/jobs'
import type { Loop } from '#platform/loops'
import { artifactRoutes } from './artifacts/artifact-routes.ts'
import { findArtifact } from './artifacts/artifact-store.ts'
import { createContentStore } from './artifacts/content-store.ts'
import { createUploads } from './artifacts/uploads.ts'
import type { DeliveryDeps } from './deps.ts'
import { entitlementRoutes } from './entitlements/entitlement-routes.ts'
import { listEntitlements } from './entitlements/entitlement-store.ts'
import { productRoutes } from './products/product-routes.ts'
import { findProduct } from './products/product-store.ts'
import { releaseRoutes } from './releases/release-routes.ts'
import { rolloutLoop } from './rollouts/rollout-loop.ts'
import { rolloutRoutes } from './rollouts/rollout-routes.ts'
import { makeDue } from './rollouts/rollout-store.ts'
import type { DeliverySnapshot, Product, PublishedRelease } from './snapshot.ts'
import { listPublished, readSnapshot } from './snapshot-queries.ts'

declare module '#platform/jobs' {
  interface Queues {
    'forget-uploads': object
  }
}

export interface ArtifactFile {
  path: string
  size: number
  sha256: string
  name: string
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
  /** The file of an artifact on disk, for streaming. */
  artifactFile(artifactId: string): Promise<ArtifactFile | undefined>
  /** An installation told how a release fares: the rollout of that release is judged now. */
  weighOutcome(releaseId: string): Promise<void>
  loops: Loop[]
  workers: Worker[]
}

export function createDelivery(needs: DeliveryDeps): Delivery {
  const { db, clock } = needs
  const deps = { ...needs, upSince: clock.now() }
  const contents = createContentStore(deps.filesDir)
  const uploads = createUploads(join(deps.filesDir, 'uploads'), deps.log)

  return {
    async routes(http) {
      productRoutes(http, deps)
      entitlementRoutes(http, deps)
      releaseRoutes(http, { ...deps, contents, uploads })
      rolloutRoutes(http, deps)
      await artifactRoutes(http, { ...deps, contents, uploads })
    },
    readSnapshot: () => readSnapshot(db),
    findProduct: (productId) => findProduct(db, productId),
    async isEntitled(organisationId, productId, channel) {
      const entitlements = await listEntitlements(db, organisationId)
      return entitlements.some((one) => one.productId === productId && (channel === undefined || one.channel === channel))
    },
    listEntitlements: (organisationId) => listEntitlements(db, organisationId),
    listReleases: (productId) => listPublished(db, productId),
    async artifactFile(artifactId) {
      const artifact = await findArtifact(db, artifactId)
      return artifact && { ...artifact, path: contents.pathOf(artifact.sha256) }
    },
    weighOutcome: (releaseId) => makeDue(db, releaseId, clock.now()),
    loops: [rolloutLoop(deps)],
    workers: [
      worker({
        queue: 'forget-uploads',
        retry: { limit: 2, delaySeconds: 60, maxDelaySeconds: 600 },
        schedule: '41 * * * *',
        handle: uploads.forgetAbandoned,
      }),
    ],
  }
}
