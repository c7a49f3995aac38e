// Renews what expires, in every repository, before it does; also makes the repositories of products from before TUF.
import type { Loop } from '#platform/loops'
import type { DeliveryDeps } from '../deps.ts'
import { settleRepository } from './settle-repository.ts'
import { claimDueRepositories, nextDueRepository } from './trust-store.ts'

export function repositoryLoop({ db, clock, secrets, log }: Pick<DeliveryDeps, 'db' | 'clock' | 'secrets' | 'log'>): Loop {
  return {
    name: 'delivery.repository',
    claim: (now, limit) => claimDueRepositories(db, now, limit),
    // Needs no fence: it signs only what is not signed yet, under the lock of the row.
    async advance({ id }) {
      const now = clock.now()
      const unsigned = await db.transaction().execute((tx) => settleRepository(tx, { secrets }, { productId: id, now }))
      if (unsigned.length > 0)
        log.error(
          { productId: id, roles: unsigned },
          'a signing key is lost: replace it (fairway keys rotate --fresh) before its documents expire',
        )
    },
    nextDueAt: () => nextDueRepository(db),
  }
}
