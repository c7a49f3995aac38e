// Assembles the trust of delivery: the doors to keys, the loop that renews, and documents of the past.
import type { Http } from '#platform/http'
import type { DeliveryDeps } from '../deps.ts'
import { keysRoutes } from './keys-routes.ts'
import { repositoryLoop } from './repository-loop.ts'
import type { RoleName } from './repository.ts'
import { findDocument } from './trust-store.ts'

export function createTrust(deps: Pick<DeliveryDeps, 'db' | 'clock' | 'secrets' | 'log'>) {
  return {
    routes: (http: Http) => keysRoutes(http, deps),
    /** A document that was in force once, as it was served. */
    async findDocument(productId: string, wanted: { role: RoleName; version: number }) {
      return (await findDocument(deps.db, productId, wanted))?.body
    },
    loops: [repositoryLoop(deps)],
  }
}
