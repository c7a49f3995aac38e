// Assembles patches: when they are wanted, the work that makes them, and the sweep.
import type { ImmutableFile } from '#platform/http/send-file'
import { type Worker, worker } from '#platform/jobs'
import type { DeliveryDeps } from '../deps.ts'
import type { PublishedPatch } from '../snapshot.ts'
import { makeNextPatch, type MakeDeps } from './make-patch.ts'
import { sweepPatches } from './sweep-patches.ts'
import { wantPatches } from './want-patches.ts'

declare module '#platform/jobs' {
  interface Queues {
    'sweep-patches': object
  }
}

export interface Deltas {
  /** A release was published, or goes to a channel: makes patches from what runs now. */
  want(releaseId: string): Promise<void>
  file(patch: PublishedPatch): ImmutableFile
  workers: Worker[]
}

export function createDeltas(deps: MakeDeps & Pick<DeliveryDeps, 'fleet'>): Deltas {
  return {
    file: ({ sha256, size }) => ({ sha256, size, name: `${sha256}.dcz`, open: (range) => deps.contents.open(sha256, range) }),
    want: (releaseId) => wantPatches(deps, releaseId),
    workers: [
      worker({
        queue: 'make-patches',
        // Kills of the server count here; what a patch itself does to its program is counted on its row.
        retry: { limit: 10, delaySeconds: 5, maxDelaySeconds: 600 },
        handle: ({ releaseId }) => makeNextPatch(deps, releaseId),
      }),
      worker({
        queue: 'sweep-patches',
        retry: { limit: 2, delaySeconds: 60, maxDelaySeconds: 600 },
        schedule: '23 * * * *',
        handle: () => sweepPatches(deps),
      }),
    ],
  }
}
