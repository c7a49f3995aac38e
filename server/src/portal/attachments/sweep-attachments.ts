// Removes what a killed process left behind: half uploads, and files that no inquiry knows.
import { after } from '#platform/clock'
import { worker, type Worker } from '#platform/jobs'
import type { PortalDeps } from '../deps.ts'
import { listKnownAttachments } from './attachment-store.ts'

declare module '#platform/jobs' {
  interface Queues {
    'sweep-attachments': object
  }
}

/** An upload under way may take long on a bad line; a day is more than any. */
const DAY_MS = 86_400_000
const RETRY = { limit: 2, delaySeconds: 60, maxDelaySeconds: 600 }

export function attachmentSweeper(deps: PortalDeps): Worker {
  return worker({ queue: 'sweep-attachments', retry: RETRY, schedule: '41 3 * * *', handle: () => sweepAttachments(deps) })
}

/** Files have the time of the machine, so it is asked and not the clock of the product. */
export async function sweepAttachments({ db, files }: Pick<PortalDeps, 'db' | 'files'>, before = after(new Date(), -DAY_MS)) {
  await files.removeUnfinished(before)
  const old = await files.listOlderThan(before)
  for (let first = 0; first < old.length; first += 500) {
    const ids = old.slice(first, first + 500)
    const known = new Set(await listKnownAttachments(db, ids))
    for (const id of ids) if (!known.has(id)) await files.remove(id)
  }
}
