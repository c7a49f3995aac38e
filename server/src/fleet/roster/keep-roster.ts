// Keeps the roster right: loads it at start, follows the log, looks for lost access each half second and for anything else each minute.
import { createBackground } from '#platform/background'
import type { Db, Reader } from '#platform/db'
import type { LogEntry } from '#platform/events/log-store'
import type { Log } from '#platform/log'
import { databaseTime, listIdsClosedLately } from '../installations/installation-store.ts'
import { createReload } from './reload-stale.ts'
import { rowsOf } from './roster-page.ts'
import { countBlocks, listChangedSince, readBlocks } from './roster-queries.ts'
import type { Roster } from './roster.ts'

export interface RosterKeeper {
  load(): Promise<void>
  follow(entries: LogEntry[]): void
  /** Since PostgreSQL was last asked who lost access. */
  ageMs(): number
  stop(): Promise<void>
}

/** Some thousand rows; megabytes of text, and a few milliseconds in which nobody else is served. */
const PAGE_BLOCKS = 400
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
  let lookedMs = performance.now()

  async function sweep() {
    const now = await databaseTime(db)
    const changed = await listChangedSince(db, new Date(sweptAt.getTime() - OVERLAP_MS))
    reload(changed.filter(({ id, revision }) => roster.entry(id)?.revision !== revision).map(({ id }) => id))
    sweptAt = now
    sweepDueMs = performance.now() + SWEEP_MS
  }

  const look = createBackground({
    failure: 'changed installations could not be looked for; trying again',
    log,
    afterFailureMs: LOOK_MS,
    async run() {
      const closed = await listIdsClosedLately(db)
      reload(closed.filter((id) => roster.entry(id)?.standing.state === 'active'))
      lookedMs = performance.now()
      if (lookedMs >= sweepDueMs) await sweep()
      return { done: 0, againInMs: LOOK_MS }
    },
  })

  return {
    async load() {
      sweptAt = await databaseTime(db)
      sweepDueMs = performance.now() + FIRST_SWEEP_MS
      await db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((tx) => loadAll(tx, roster))
      look.wake()
    },
    follow: (entries) => reload(entries.filter(({ event }) => isOfInstallation(event)).map(({ event }) => event.subject)),
    ageMs: () => performance.now() - lookedMs,
    async stop() {
      await look.stop()
      await stop()
    },
  }
}

/** PostgreSQL makes the next page while we read this one. */
async function loadAll(db: Reader, roster: Roster) {
  const blocks = await countBlocks(db)
  let lines = ''
  for (let from = 0; from < blocks; from += PAGE_BLOCKS) {
    const next = readBlocks(db, from, from + PAGE_BLOCKS)
    takeIn(roster, lines)
    lines = await next
  }
  takeIn(roster, lines)
}

function takeIn(roster: Roster, lines: string) {
  for (const row of rowsOf(lines)) roster.putRow(row)
}

function isOfInstallation({ name, subject }: LogEntry['event']) {
  return name.startsWith('fleet.') && subject.startsWith('in_')
}
