// What fleet needs from outside itself.
import type { Identity } from '#identity'
import type { Clock } from '#platform/clock'
import type { Db } from '#platform/db'
import type { Log } from '#platform/log'
import type { Secrets } from '#platform/secrets'
import type { Roster } from './roster/roster.ts'

export interface FleetDeps {
  db: Db
  clock: Clock
  secrets: Secrets
  log: Log
  /** Its origin is part of what installations sign. */
  publicUrl: string
  identity: Identity
}

/** What the use cases pick from: the outside, and the memory that they keep right. */
export interface FleetParts extends Omit<FleetDeps, 'identity'> {
  roster: Roster
}
