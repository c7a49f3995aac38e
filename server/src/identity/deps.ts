// What identity needs from outside itself.
import type { Clock } from '#platform/clock'
import type { Db } from '#platform/db'
import type { Log } from '#platform/log'
import type { Mail } from '#platform/mail'
import type { Secrets } from '#platform/secrets'
import type { Words } from '#platform/words'
import type { Actor } from './actor.ts'
import type { Permission } from './permission.ts'

export interface IdentityDeps {
  db: Db
  clock: Clock
  secrets: Secrets
  mail: Mail
  words: Words
  log: Log
  publicUrl: string
  /** For screens; the policies stand in higher modules. */
  permissionsOf: (actor: Actor) => Permission[]
}
