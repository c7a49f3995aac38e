// What updates needs from outside itself.
import type { Delivery } from '#delivery'
import type { Fleet } from '#fleet'
import type { Identity } from '#identity'
import type { Clock } from '#platform/clock'
import type { Log } from '#platform/log'
import type { Metrics } from '#platform/metrics'
import type { Direct } from './protocols/agent/directions.ts'
import type { IdentifyAgent } from './protocols/agent/identify-agent.ts'
import type { SnapshotKeeper } from './snapshot-keeper.ts'

export interface UpdatesDeps {
  clock: Clock
  log: Log
  metrics: Metrics
  publicUrl: string
  identity: Pick<Identity, 'findOrganisation'>
  fleet: Fleet
  delivery: Delivery
}

/** What the doors of a protocol get. */
export interface ProtocolDeps extends UpdatesDeps {
  snapshot: SnapshotKeeper['current']
  identifyAgent: IdentifyAgent
  direct: Direct
}
