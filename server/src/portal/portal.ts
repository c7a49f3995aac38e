// Assembles the portal: what it offers, and its doors.
import type { Http } from '#platform/http'
import { createFileStore } from '#platform/file-store'
import type { Worker } from '#platform/jobs'
import type { Loop } from '#platform/loops'
import { attachmentRoutes } from './attachments/attachment-routes.ts'
import { attachmentSweeper } from './attachments/sweep-attachments.ts'
import { watchLoop } from './closing/watch-loop.ts'
import { wakeWatches } from './closing/watch-store.ts'
import type { PortalDeps, PortalNeeds } from './deps.ts'
import { inquiryRoutes } from './inquiries/inquiry-routes.ts'
import { knownErrorRoutes } from './known-errors/known-error-routes.ts'
import { TIMING } from './timing.ts'
import { listTitles, type Titled } from './title-queries.ts'

export interface Portal {
  routes(http: Http): void
  /** What inquiries and known errors are called; for staff alone. */
  titlesByIds(ids: string[]): Promise<Titled[]>
  loops: Loop[]
  workers: Worker[]
  /** A release that fixes these was published: what waits for it is looked at. */
  wakeByKnownErrors(knownErrorIds: string[]): Promise<void>
  /** What fixes what in this product has changed: a release was amended or withdrawn. */
  wakeByProduct(productId: string): Promise<void>
  /** This installation told something, or is gone. */
  wakeByInstallation(installationId: string): Promise<void>
}

export function createPortal({ filesDir, timing, ...needs }: PortalNeeds): Portal {
  const deps: PortalDeps = { ...needs, files: createFileStore(filesDir), timing: { ...TIMING, ...timing } }
  const { db, clock } = deps

  return {
    routes(http) {
      inquiryRoutes(http, deps)
      attachmentRoutes(http, deps)
      knownErrorRoutes(http, deps)
    },
    titlesByIds: (ids) => listTitles(db, ids),
    loops: [watchLoop(deps)],
    workers: [attachmentSweeper(deps)],
    wakeByKnownErrors: (knownErrorIds) => wakeWatches(db, { knownErrorIds }, clock.now()),
    wakeByProduct: (productId) => wakeWatches(db, { productId }, clock.now()),
    wakeByInstallation: (installationId) => wakeWatches(db, { installationId }, clock.now()),
  }
}
