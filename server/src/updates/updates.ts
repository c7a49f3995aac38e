// Assembles updates: the public update protocols over one question.
import type { Http } from '#platform/http'
import type { LogEntry } from '#platform/events/log-store'
import type { UpdatesDeps } from './deps.ts'
import { enrolmentRoutes } from './enrolments/enrolment-routes.ts'
import { agentRoutes } from './protocols/agent/agent-routes.ts'
import { electronRoutes } from './protocols/electron/electron-routes.ts'
import { createSnapshotKeeper } from './snapshot-keeper.ts'

export interface Updates {
  routes(http: Http): void
  /** Reads the snapshot; before it, nobody is answered. */
  start(): Promise<void>
  /** Hears of the log in each process, so that a halt is effective within a second everywhere. */
  follow(entries: LogEntry[]): void
  stop(): Promise<void>
}

export function createUpdates(deps: UpdatesDeps): Updates {
  const keeper = createSnapshotKeeper(deps)
  return {
    routes(http) {
      const protocol = { ...deps, snapshot: keeper.current }
      enrolmentRoutes(http, deps)
      agentRoutes(http, protocol)
      electronRoutes(http, protocol)
    },
    start: keeper.start,
    follow: keeper.follow,
    stop: keeper.stop,
  }
}
