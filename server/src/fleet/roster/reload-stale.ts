// Reads anew the rows of installations that changed, one read at a time, until none is stale.
import type { Db } from '#platform/db'
import type { Log } from '#platform/log'
import { rowsOf } from './roster-page.ts'
import { readByIds } from './roster-queries.ts'
import type { Roster } from './roster.ts'

const PAGE = 5000
const RETRY_MS = 500

export function createReload({ db, roster, log }: { db: Db; roster: Roster; log: Log }) {
  const stale = new Set<string>()
  let reading: Promise<void> | undefined
  let retry: NodeJS.Timeout | undefined
  let stopped = false

  async function readPage(ids: string[]) {
    // Taken out before the read: an event that comes meanwhile puts its id in again.
    for (const id of ids) stale.delete(id)
    try {
      for (const row of rowsOf(await readByIds(db, ids))) roster.putRow(row)
    } catch (error) {
      for (const id of ids) stale.add(id)
      throw error
    }
  }

  async function readAll() {
    while (stale.size > 0) await readPage(firstOf(stale))
  }

  function wake(): void {
    if (stopped || reading || stale.size === 0) return
    clearTimeout(retry)
    reading = readAll()
      .catch((error: unknown) => {
        log.warn({ err: error, installations: stale.size }, 'installations could not be read anew; trying again')
        if (!stopped) retry = setTimeout(wake, RETRY_MS)
      })
      .finally(() => (reading = undefined))
  }

  return {
    reload(ids: Iterable<string>) {
      for (const id of ids) stale.add(id)
      // Also after a read that is just ending, which may not have seen these.
      void (reading ?? Promise.resolve()).then(wake)
    },
    async stop() {
      stopped = true
      clearTimeout(retry)
      await reading
    },
  }
}

/** Not a copy of all of them: they may be a million. */
function firstOf(ids: Set<string>) {
  const page: string[] = []
  for (const id of ids) {
    page.push(id)
    if (page.length === PAGE) break
  }
  return page
}
