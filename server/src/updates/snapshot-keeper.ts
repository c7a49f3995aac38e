// Keeps the snapshot of this process fresh: read anew when the log says that delivery changed, and now and then as a net.
import type { Delivery } from '#delivery'
import { createBackground } from '#platform/background'
import type { LogEntry } from '#platform/events/log-store'
import type { Log } from '#platform/log'
import { createSnapshot, type Snapshot } from './snapshot.ts'

export interface SnapshotKeeper {
  start(): Promise<void>
  current(): Snapshot
  follow(entries: LogEntry[]): void
  stop(): Promise<void>
}

/** Nobody is offered a draft. */
const OF_DRAFTS = new Set<string>(['delivery.release_drafted', 'delivery.artifact_added'])

const SWEEP_MS = 30_000
const RETRY_MS = 500

export function createSnapshotKeeper({ delivery, log }: { delivery: Pick<Delivery, 'readSnapshot'>; log: Log }): SnapshotKeeper {
  let snapshot = createSnapshot({ products: [], channels: [], releases: [], repositories: [], patches: [], entitlements: [] })
  const reader = createBackground({
    failure: 'answering updates from memory: the snapshot could not be read anew',
    log,
    afterFailureMs: RETRY_MS,
    async run() {
      snapshot = createSnapshot(await delivery.readSnapshot())
      return { done: 1, againInMs: SWEEP_MS }
    },
  })

  return {
    async start() {
      await reader.run()
      reader.wake()
    },
    current: () => snapshot,
    follow(entries) {
      if (entries.some(({ event }) => event.name.startsWith('delivery.') && !OF_DRAFTS.has(event.name))) reader.wake()
    },
    stop: reader.stop,
  }
}
