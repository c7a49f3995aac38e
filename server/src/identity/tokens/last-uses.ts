// Remembers when tokens were used and writes it in batches: a request never waits for it, and each token costs one row a minute at most.
import type { Clock } from '#platform/clock'
import type { Db } from '#platform/db'
import type { Log } from '#platform/log'
import { saveLastUses } from './token-store.ts'

const EVERY_MS = 60_000

export type LastUses = ReturnType<typeof createLastUses>

export function createLastUses({ db, clock, log }: { db: Db; clock: Clock; log: Log }) {
  let uses = new Map<string, Date>()

  async function flush() {
    if (uses.size === 0) return
    const taken = uses
    uses = new Map()
    // A time of last use that is lost harms nobody.
    await saveLastUses(
      db,
      [...taken].map(([id, at]) => ({ id, at })),
    ).catch((error: unknown) => log.warn({ err: error }, 'the last use of tokens could not be written'))
  }

  const timer = setInterval(() => void flush(), EVERY_MS).unref()
  return {
    note: (id: string) => void uses.set(id, clock.now()),
    flush,
    async stop() {
      clearInterval(timer)
      await flush()
    },
  }
}
