// Watches the embedded PostgreSQL through the connection that holds the lock: when PostgreSQL ends, so does that, and it is brought back.
import { setTimeout as pause } from 'node:timers/promises'
import type { DataFolder } from './data-folder.ts'
import { lastComplaint } from './log-file.ts'
import { takeOwnership, type Ownership } from './ownership.ts'
import type { Postmaster } from './postmaster.ts'
import { isAlive } from './running-process.ts'

export interface Watched {
  readonly folder: DataFolder
  /** Where the lock is taken. */
  readonly url: string
  readonly say: (line: string) => void
  readonly isStopping: () => boolean
  /** Starts PostgreSQL anew, on the port where everybody looks for it; undefined if it ended before it was ready. */
  readonly launch: () => Promise<Postmaster | undefined>
  postmaster: Postmaster
  ownership: Ownership
  /** What is under way to bring it back; whoever stops PostgreSQL waits for it first. */
  regaining?: Promise<void>
}

const LOOK_MS = 200
const LONGEST_PAUSE_MS = 10_000

export function watchPostgres(watched: Watched): void {
  watched.ownership.client.once('end', () => {
    if (watched.isStopping()) return
    watched.regaining = regain(watched).catch((error: Error) => watched.say(error.message))
  })
}

/** Its processes are killed one by one, and it starts itself again; or all of it is gone, and we start it. Our lock went with the connection. */
async function regain(watched: Watched): Promise<void> {
  for (let pauseMs = LOOK_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    await unlessStopping(watched, pauseMs)
    if (watched.isStopping()) return
    const { pid } = watched.postmaster
    if (!isAlive(pid)) await relaunch(watched)
    if (watched.isStopping()) return
    const ownership = await takeOwnership(watched.folder, watched.url)
    if (!ownership) continue
    watched.ownership = ownership
    watchPostgres(watched)
    watched.say(
      pid === watched.postmaster.pid
        ? `PostgreSQL (pid ${pid}) cut all its connections and is back. Why is in ${watched.folder.logFile}.`
        : `PostgreSQL was started again (pid ${watched.postmaster.pid}). Nothing that was committed is lost.`,
    )
    return
  }
}

async function relaunch(watched: Watched): Promise<void> {
  const { folder, say, postmaster } = watched
  say(
    `PostgreSQL (pid ${postmaster.pid}) ended unexpectedly: ${lastComplaint(folder)}. It is started again; the whole story is in ${folder.logFile}.`,
  )
  watched.postmaster = (await watched.launch()) ?? postmaster
}

/** A stop need not sit out a long pause. */
async function unlessStopping({ isStopping }: Watched, ms: number): Promise<void> {
  const end = performance.now() + ms
  while (performance.now() < end && !isStopping()) await pause(Math.min(LOOK_MS, ms))
}
