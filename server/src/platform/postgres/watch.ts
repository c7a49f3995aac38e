// Watches the embedded PostgreSQL through the connection that holds the lock: when PostgreSQL ends, so does that.
import { setTimeout as pause } from 'node:timers/promises'
import type { DataFolder } from './data-folder.ts'
import { lastComplaint } from './log-file.ts'
import { takeOwnership, type Ownership } from './ownership.ts'
import type { Postmaster } from './postmaster.ts'
import { isAlive } from './running-process.ts'

export interface Watched {
  readonly folder: DataFolder
  readonly postmaster: Postmaster
  /** Where the lock is taken. */
  readonly url: string
  readonly say: (line: string) => void
  readonly isStopping: () => boolean
  ownership: Ownership
}

const LOOK_MS = 200

export function watchPostgres(watched: Watched): void {
  watched.ownership.client.once('end', () => {
    if (watched.isStopping()) return
    regain(watched).catch((error: Error) => watched.say(error.message))
  })
}

/** When one of its processes is killed PostgreSQL starts itself again, and with the connection our lock is gone: it is taken again. */
async function regain(watched: Watched): Promise<void> {
  const { folder, postmaster, say } = watched
  for (;;) {
    await pause(LOOK_MS)
    if (watched.isStopping()) return
    if (!isAlive(postmaster.pid)) {
      say(
        `PostgreSQL (pid ${postmaster.pid}) ended unexpectedly: ${lastComplaint(folder)}. The whole story is in ${folder.logFile}; start Fairway again.`,
      )
      return
    }
    const ownership = await takeOwnership(folder, watched.url)
    if (!ownership) continue
    watched.ownership = ownership
    watchPostgres(watched)
    say(`PostgreSQL (pid ${postmaster.pid}) cut all its connections and is back. Why is in ${folder.logFile}.`)
    return
  }
}
