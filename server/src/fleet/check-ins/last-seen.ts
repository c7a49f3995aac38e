// Notes when each installation was heard last, in memory; written every few seconds, since all that can be lost is those seconds.
import type { Log } from '#platform/log'

export interface LastSeen {
  note(installationId: string, ms: number): void
  start(): void
  stop(): Promise<void>
}

export const FLUSH_MS = 5000
const MAX_NOTED = 5000

export function createLastSeen({ log, save }: { log: Log; save(seen: Map<string, number>): Promise<void> }): LastSeen {
  let seen = new Map<string, number>()
  let flushing: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined

  function flush() {
    if (seen.size === 0) return flushing
    flushing ??= saveSeen().finally(() => (flushing = undefined))
    return flushing
  }

  async function saveSeen() {
    const batch = seen
    seen = new Map()
    try {
      await save(batch)
    } catch (error) {
      log.warn({ err: error, installations: batch.size }, 'when installations were last seen could not be written; trying again')
      // Kept for the next time; what was heard meanwhile is newer. There is never more than one number for each installation.
      seen = new Map([...batch, ...seen])
    }
  }

  return {
    note(installationId, ms) {
      seen.set(installationId, ms)
      if (seen.size % MAX_NOTED === 0) void flush()
    },
    start() {
      timer = setInterval(() => void flush(), FLUSH_MS)
    },
    async stop() {
      clearInterval(timer)
      await flushing
      await flush()
    },
  }
}
