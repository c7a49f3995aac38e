// The walk of rollouts in time: which rows are due, and the one transition each gets.
import type { Loop } from '#platform/loops'
import type { RolloutDeps } from '../deps.ts'
import { advanceRollout } from './advance-rollout.ts'
import { claimDueRollouts, nextDueRollout } from './rollout-store.ts'

export function rolloutLoop(deps: RolloutDeps): Loop {
  return {
    name: 'delivery.rollout',
    claim: (now, limit) => claimDueRollouts(deps.db, now, limit),
    advance: (claim) => advanceRollout(deps, claim),
    nextDueAt: () => nextDueRollout(deps.db),
  }
}
