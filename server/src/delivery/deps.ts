// What delivery needs from outside itself.
import type { Fleet } from '#fleet'
import type { Identity } from '#identity'
import type { Clock } from '#platform/clock'
import type { Db } from '#platform/db'
import type { Log } from '#platform/log'
import type { Secrets } from '#platform/secrets'

export interface DeliveryDeps {
  db: Db
  clock: Clock
  secrets: Secrets
  log: Log
  identity: Pick<Identity, 'findOrganisation' | 'organisationsByIds' | 'peopleByIds'>
  fleet: Pick<Fleet, 'listInstallations' | 'listOutcomes' | 'countRunning'>
  /** Folder of artifacts and of uploads under way. */
  filesDir: string
}

/** What the walk of rollouts needs. */
export interface RolloutDeps extends Pick<DeliveryDeps, 'db' | 'clock' | 'fleet' | 'identity'> {
  /** Since when this process listens. */
  upSince: Date
}
