// Takes away contents that nothing refers to any more: daily, one after the other, by any process or by several at once.
import type { Clock } from '#platform/clock'
import type { Db } from '#platform/db'
import type { Log } from '#platform/log'
import { forgetContent, GOING_SECONDS, markGoing } from './content-ledger-store.ts'
import type { ContentStore } from './content-store.ts'

/** Below what the queue gives a job; the rest is for the next time. */
const ENOUGH_MS = 4 * 60_000
/** Given up in time: whoever takes the same content in waits for GOING_SECONDS. */
const REMOVE_MS = (GOING_SECONDS / 2) * 1000

export interface SweepDeps {
  db: Db
  clock: Clock
  log: Log
  contents: ContentStore
  /** For metrics. */
  onRemoved(size: number): void
}

export interface Swept {
  contents: number
  bytes: number
}

export async function sweepContents({ db, clock, log, contents, onRemoved }: SweepDeps): Promise<Swept> {
  const swept = { contents: 0, bytes: 0 }
  const enoughAt = performance.now() + ENOUGH_MS
  try {
    while (performance.now() < enoughAt) {
      // Counted from before the row is marked, so that a process that was stopped for long in between gives up.
      const [signal, giveUpAt] = [AbortSignal.timeout(REMOVE_MS), performance.now() + REMOVE_MS]
      const going = await markGoing(db, clock.now())
      if (!going) break
      if (performance.now() > giveUpAt) continue
      await contents.remove(going.sha256, signal)
      await forgetContent(db, going)
      swept.contents += 1
      swept.bytes += going.size
      onRemoved(going.size)
    }
  } finally {
    if (swept.contents > 0) log.warn({ ...swept }, 'contents were removed that nothing referred to')
  }
  return swept
}
