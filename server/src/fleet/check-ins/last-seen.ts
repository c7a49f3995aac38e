// Notes when each installation was heard last, in memory; written every few seconds, since all that can be lost is those seconds.
import type { Log } from '#platform/log'
import type { Seen } from '../installations/installation-store.ts'

/** What is noted lies in the roster's own entry: hearing somebody makes nothing that must be thrown away. */
export interface Heard extends Seen {
  isSeenUnsaved: boolean
}

export interface LastSeen {
  note(entry: Heard, ms: number): void
  start(): void
  stop(): Promise<void>
}

export const FLUSH_MS = 5000
/** Rows of one statement: the locks of a few of them are soon given back. */
const BATCH = 2500
/**
 * Rows of one flush. Up to as many installations a minute are written each time that they are heard; of a million each is written
 * every four minutes or so, whoever waited longest first. So this takes a small part of PostgreSQL, however many there are.
 */
const MAX_FLUSHED = 20_000
/** A process that stops does not make others wait for what the next check-ins tell anyway. */
const STOP_MS = 10_000

export function createLastSeen({ log, save }: { log: Log; save(seen: Seen[]): Promise<void> }): LastSeen {
  /** Each at most once, whoever was noted first in front. */
  const waiting = new Set<Heard>()
  let flushing: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  function flush() {
    flushing ??= saveSome(MAX_FLUSHED).finally(() => (flushing = undefined))
    return flushing
  }

  async function saveSome(most: number, untilMs = Infinity) {
    let left = most
    while (left > 0 && waiting.size > 0 && performance.now() < untilMs) {
      const batch = firstOf(waiting, Math.min(BATCH, left))
      left -= batch.length
      if (!(await saveBatch(batch))) return
    }
  }

  async function saveBatch(batch: Heard[]) {
    // Noted again meanwhile, it waits again.
    for (const entry of batch) {
      waiting.delete(entry)
      entry.isSeenUnsaved = false
    }
    try {
      await save(batch)
      return true
    } catch (error) {
      log.warn(
        { err: error, installations: batch.length },
        'when installations were last seen could not be written; trying again',
      )
      for (const entry of batch) add(entry)
      return false
    }
  }

  function add(entry: Heard) {
    entry.isSeenUnsaved = true
    waiting.add(entry)
  }

  return {
    note(entry, ms) {
      entry.lastSeenMs = ms
      if (!entry.isSeenUnsaved) add(entry)
    },
    start() {
      timer = setInterval(() => void flush(), FLUSH_MS)
    },
    async stop() {
      clearInterval(timer)
      await flushing
      await saveSome(Infinity, performance.now() + STOP_MS)
    },
  }
}

/** Not a copy of all of them: they may be a million. */
function firstOf(waiting: Set<Heard>, count: number) {
  const batch: Heard[] = []
  for (const entry of waiting) {
    batch.push(entry)
    if (batch.length === count) break
  }
  return batch
}
