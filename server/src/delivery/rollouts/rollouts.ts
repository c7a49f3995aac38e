// Assembles rollouts: their doors, their walk in time, and the nudge that an outcome gives.
import type { Http } from '#platform/http'
import type { RolloutDeps } from '../deps.ts'
import { rolloutLoop } from './rollout-loop.ts'
import { rolloutRoutes } from './rollout-routes.ts'
import { makeDue } from './rollout-store.ts'

export function createRollouts(deps: RolloutDeps) {
  return {
    routes: (http: Http) => rolloutRoutes(http, deps),
    loop: rolloutLoop(deps),
    weighOutcome: (releaseId: string) => makeDue(deps.db, releaseId, deps.clock.now()),
  }
}
