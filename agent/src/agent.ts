// What every part of the running agent works with.
import type { Config } from './config.ts'
import type { Identity } from './identity.ts'
import type { Layout } from './layout.ts'
import type { Log } from './log.ts'
import type { Session } from './session.ts'
import type { RefreshClock } from './trust/refresh-clock.ts'

/** `stopping` is aborted by SIGTERM or SIGINT. */
export interface Agent {
  layout: Layout
  config: Config
  identity: Identity
  session: Session
  refreshes: RefreshClock
  log: Log
  stopping: AbortSignal
}
