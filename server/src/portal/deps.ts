// What the portal needs from outside itself.
import type { Delivery } from '#delivery'
import type { Fleet } from '#fleet'
import type { Identity } from '#identity'
import type { Clock } from '#platform/clock'
import type { Db } from '#platform/db'
import type { FileStore } from '#platform/file-store'
import type { Log } from '#platform/log'
import type { Mail } from '#platform/mail'
import type { Words } from '#platform/words'
import type { Timing } from './timing.ts'

/** What is handed in from outside. */
export interface PortalNeeds {
  db: Db
  clock: Clock
  log: Log
  mail: Pick<Mail, 'post'>
  words: Words
  publicUrl: string
  identity: Pick<Identity, 'findOrganisation' | 'organisationsByIds' | 'peopleByIds' | 'listMembers' | 'listStaff'>
  fleet: Pick<Fleet, 'installationsByIds' | 'listOfOrganisation' | 'listOutcomes' | 'countByVersion'>
  delivery: Pick<Delivery, 'findProduct' | 'listReleases' | 'listEntitlements'>
  /** Folder of attachments. */
  filesDir: string
  timing?: Partial<Timing>
}

/** The same with what the portal made of it. */
export interface PortalDeps extends Omit<PortalNeeds, 'filesDir' | 'timing'> {
  files: FileStore
  timing: Timing
}
