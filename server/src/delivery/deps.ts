// What delivery needs from outside itself.
import type { Fleet } from '#fleet'
import type { Identity } from '#identity'
import type { Clock } from '#platform/clock'
import type { Db } from '#platform/db'
import type { Jobs } from '#platform/jobs'
import type { Log } from '#platform/log'
import type { Metrics } from '#platform/metrics'
import type { Secrets } from '#platform/secrets'
import type { ContentStore } from './artifacts/content-store.ts'

export interface DeliveryDeps {
  db: Db
  clock: Clock
  secrets: Secrets
  log: Log
  identity: Pick<Identity, 'findOrganisation' | 'organisationsByIds' | 'peopleByIds'>
  fleet: Pick<Fleet, 'listInstallations' | 'listOutcomes' | 'countFetched' | 'countRunning'>
  /** Where the bytes of artifacts are. */
  contents: ContentStore
  metrics: Metrics
  jobs: Pick<Jobs, 'send'>
  /** Folder of uploads under way, and of whatever is made before it is taken into the store. */
  filesDir: string
}

/** What the walk of rollouts needs. */
export interface RolloutDeps extends Pick<DeliveryDeps, 'db' | 'clock' | 'secrets' | 'fleet' | 'identity'> {
  /** Since when this process listens. */
  upSince: Date
}
