// The walk in time of the loop that closes: which watches are due, and the one transition each gets.
import type { Loop } from '#platform/loops'
import type { PortalDeps } from '../deps.ts'
import { advanceWatch } from './advance-watch.ts'
import { claimWatches, nextWatchAt } from './watch-store.ts'

export function watchLoop(deps: PortalDeps): Loop {
  return {
    name: 'portal.watch',
    claim: (now, limit) => claimWatches(deps.db, { now, limit }),
    advance: (claim) => advanceWatch(deps, claim),
    nextDueAt: () => nextWatchAt(deps.db),
  }
}
