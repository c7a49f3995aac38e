// One reaction: reads on from its cursor, does what it does, and keeps what failed for later.
import { after, type Clock } from '../clock.ts'
import type { Db } from '../db.ts'
import type { Event } from '../events.ts'
import type { Log } from '../log.ts'
import { findEntry, type LogEntry, readLog } from './log-store.ts'
import type { Reaction } from './reactions.ts'
import {
  addToBacklog,
  type BacklogItem,
  isHeldBack,
  leaseCursor,
  listDue,
  moveCursor,
  removeFromBacklog,
  saveFailure,
} from './reactions-store.ts'

export interface Runner {
  db: Db
  clock: Clock
  log: Log
  /** This process; holds the lease of a reaction while it works on it. */
  owner: string
  stopping: AbortSignal
}

/** How long the events of a killed process wait for another; one that is slower loses its turn, not an event. */
const LEASE_MS = 10_000
const BATCH = 200
/** After so many an event is parked: it and what follows for its subject wait for a person. */
export const TRIES = 10

/** Waits 1, 2, 4 … seconds, an hour at most. */
export function nextTry(now: Date, attempts: number) {
  return after(now, Math.min(1000 * 2 ** (attempts - 1), 3_600_000))
}

/** Returns how many events were looked at; none where another process holds the reaction. */
export async function runReaction(runner: Runner, reaction: Reaction) {
  return (await runBacklog(runner, reaction)) + (await runLog(runner, reaction))
}

async function runLog(runner: Runner, reaction: Reaction) {
  let seen = 0
  for (;;) {
    const position = await leaseCursor(runner.db, reaction.name, { owner: runner.owner, leaseMs: LEASE_MS })
    const entries = position && !runner.stopping.aborted ? await readLog(runner.db, position, { limit: BATCH }) : []
    for (const entry of entries.filter(({ event }) => reaction.events.includes(event.name))) {
      if (runner.stopping.aborted || !(await take(runner, reaction, entry))) return seen
    }
    // What nobody wants is passed in one step.
    const last = entries.at(-1)
    if (last)
      await runner.db.transaction().execute((tx) => moveCursor(tx, reaction.name, { owner: runner.owner, to: last.position }))
    seen += entries.length
    if (entries.length < BATCH) return seen
  }
}

/** Handles one event of the log and moves the cursor behind it; false where the lease is lost. */
async function take(runner: Runner, reaction: Reaction, entry: LogEntry) {
  const { db, clock, owner } = runner
  const waits = await isHeldBack(db, reaction.name, entry.event.subject)
  const error = waits ? undefined : await attempt(runner, reaction, entry.event)
  return db.transaction().execute(async (tx) => {
    const now = clock.now()
    // Fenced: who lost the lease writes nothing, since another process has taken this event over.
    if (!(await moveCursor(tx, reaction.name, { owner, to: entry.position }))) return false
    if (waits) await addToBacklog(tx, reaction.name, { entry, attempts: 0, nextAt: now, error: null })
    if (error !== undefined) await addToBacklog(tx, reaction.name, { entry, attempts: 1, nextAt: nextTry(now, 1), error })
    return true
  })
}

async function runBacklog(runner: Runner, reaction: Reaction) {
  const { db, clock, owner, stopping } = runner
  let seen = 0
  while (!stopping.aborted && (await leaseCursor(db, reaction.name, { owner, leaseMs: LEASE_MS }))) {
    const due = await listDue(db, reaction.name, clock.now())
    if (due.length === 0) break
    for (const item of due) {
      // A slow one may have cost us the lease; then another process goes on.
      if (stopping.aborted || !(await leaseCursor(db, reaction.name, { owner, leaseMs: LEASE_MS }))) return seen
      await retry(runner, reaction, item)
      seen++
    }
  }
  return seen
}

async function retry(runner: Runner, reaction: Reaction, item: BacklogItem) {
  const { db, clock, log } = runner
  const entry = await findEntry(db, item.eventId)
  const error = entry && (await attempt(runner, reaction, entry.event))
  if (error === undefined) return void (await removeFromBacklog(db, reaction.name, item.eventId))
  const attempts = item.attempts + 1
  const state = attempts >= TRIES ? 'parked' : 'waiting'
  if (state === 'parked')
    log.error({ reaction: reaction.name, eventId: item.eventId, detail: error }, 'a reaction failed ten times and is parked')
  return saveFailure(db, item, { state, nextAt: nextTry(clock.now(), attempts), error })
}

async function attempt({ log }: Runner, reaction: Reaction, event: Event) {
  try {
    await reaction.handle(event)
    return undefined
  } catch (error) {
    log.warn({ err: error, reaction: reaction.name, eventId: event.eventId }, 'a reaction failed; it is tried again')
    return (error instanceof Error ? error.message : String(error)).slice(0, 1000)
  }
}
