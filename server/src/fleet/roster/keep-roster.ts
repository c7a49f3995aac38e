// Keeps the roster right: loads it at start, follows the log, looks for lost access each half second and for anything else each minute.
import { createBackground } from '#platform/background'
import type { Db } from '#platform/db'
import type { LogEntry } from '#platform/events/log-store'
import type { Log } from '#platform/log'
import { databaseTime, listBehind, listIdsChangedSince, listIdsClosedLately } from '../installations/installation-store.ts'
import { createReload } from './reload-stale.ts'
import type { Roster } from './roster.ts'

export interface RosterKeeper {
  load(): Promise<void>
  follow(entries: LogEntry[]): void
  stop(): Promise<void>
}

const PAGE = 5000
/** A long transaction anywhere in PostgreSQL holds back the log, but revoking must work within a second. */
const LOOK_MS = 500
const SWEEP_MS = 60_000
/** The log is followed from a moment after the load: what happened between is found by this sweep. */
const FIRST_SWEEP_MS = 2000
/** A row shows the time at which its transaction began, and no transaction is open for longer than this. */
const OVERLAP_MS = 120_000

export function createRosterKeeper({ db, roster, log }: { db: Db; roster: Roster; log: Log }): RosterKeeper {
  const { reload, stop } = createReload({ db, roster, log })
  let sweptAt = new Date(0)
  /** In the time of this process, which never jumps. */
  let sweepDueMs = 0

  async function sweep() {
    const now = await databaseTime(db)
    reload(await listIdsChangedSince(db, new Date(sweptAt.getTime() - OVERLAP_MS)))
    sweptAt = now
    sweepDueMs = performance.now() + SWEEP_MS
  }

  const look = createBackground({
    failure: 'changed installations could not be looked for; trying again',
    log,
    afterFailureMs: LOOK_MS,
    async run() {
      const closed = await listIdsClosedLately(db)
      reload(closed.filter((id) => roster.entry(id)?.state === 'active'))
      if (performance.now() >= sweepDueMs) await sweep()
      return { done: 0, againInMs: LOOK_MS }
    },
  })

  return {
    async load() {
      sweptAt = await databaseTime(db)
      sweepDueMs = performance.now() + FIRST_SWEEP_MS
      for (let page = await listBehind(db, '', PAGE); page.length > 0; page = await listBehind(db, page.at(-1)?.id ?? '', PAGE)) {
        for (const installation of page) roster.put(installation)
      }
      look.wake()
    },
    follow: (entries) => reload(entries.filter(({ event }) => isOfInstallation(event)).map(({ event }) => event.subject)),
    async stop() {
      await look.stop()
      await stop()
    },
  }
}

function isOfInstallation({ name, subject }: LogEntry['event']) {
  return name.startsWith('fleet.') && subject.startsWith('in_')
}
