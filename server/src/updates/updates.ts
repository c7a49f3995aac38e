// Assembles updates: the public update protocols over one question.
import type { Http } from '#platform/http'
import type { FastLane } from '#platform/http/fast-lane'
import type { LogEntry } from '#platform/events/log-store'
import { tellMemory } from './tell-memory.ts'
import type { UpdatesDeps } from './deps.ts'
import { enrolmentRoutes } from './enrolments/enrolment-routes.ts'
import { outlookRoutes } from './outlooks/outlook-routes.ts'
import { agentRoutes } from './protocols/agent/agent-routes.ts'
import { createCheckInLane } from './protocols/agent/check-in-lane.ts'
import { createDirections } from './protocols/agent/directions.ts'
import { createIdentifyAgent } from './protocols/agent/identify-agent.ts'
import { electronRoutes } from './protocols/electron/electron-routes.ts'
import { tufRoutes } from './protocols/tuf/tuf-routes.ts'
import { createSnapshotKeeper } from './snapshot-keeper.ts'

export interface Updates {
  routes(http: Http): void
  /** Answers plain check-ins beside the routes, which answer all. */
  checkInLane: FastLane
  /** Reads the snapshot; before it, nobody is answered. */
  start(): Promise<void>
  /** Hears of the log in each process, so that a halt is effective within a second everywhere. */
  follow(entries: LogEntry[]): void
  stop(): Promise<void>
}

export function createUpdates(deps: UpdatesDeps): Updates {
  const keeper = createSnapshotKeeper(deps)
  tellMemory(deps)
  const protocol = { ...deps, snapshot: keeper.current, identifyAgent: createIdentifyAgent(deps), direct: createDirections(deps) }
  return {
    routes(http) {
      enrolmentRoutes(http, deps)
      outlookRoutes(http, protocol)
      agentRoutes(http, protocol)
      electronRoutes(http, protocol)
      tufRoutes(http, protocol)
    },
    checkInLane: createCheckInLane(protocol),
    start: keeper.start,
    follow: keeper.follow,
    stop: keeper.stop,
  }
}
