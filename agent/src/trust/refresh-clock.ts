// When the metadata are due to be looked at without an offer: once a day, by a clock that nobody can set while the agent runs.
import { rename, writeFile } from 'node:fs/promises'
import { readTextFile } from '../files.ts'
import { numberField, parseJson } from '../json.ts'

const dayMs = 86_400_000
const hourMs = 3_600_000

export interface RefreshClock {
  isDue(): Promise<boolean>
  /** `worked`: the metadata are fresh, or the server has none. */
  note(worked: boolean): Promise<void>
}

export interface Tries {
  /** The last try of this process by the monotonic clock; null for none. */
  tried: { atMs: number; worked: boolean } | null
  /** What an earlier process wrote down by the clock of the machine, which may have been set since. */
  storedAtMs: number | null
}

export function isRefreshDue({ tried, storedAtMs }: Tries, now: { monotonicMs: number; wallMs: number }): boolean {
  if (tried) return now.monotonicMs - tried.atMs >= (tried.worked ? dayMs : hourMs)
  return storedAtMs === null || now.wallMs - storedAtMs >= dayMs || storedAtMs > now.wallMs
}

export function createRefreshClock(path: string): RefreshClock {
  let tried: Tries['tried'] = null
  return {
    async isDue() {
      const storedAtMs = tried ? null : (numberField(parseJson((await readTextFile(path)) ?? ''), 'refreshedAtMs') ?? null)
      return isRefreshDue({ tried, storedAtMs }, { monotonicMs: performance.now(), wallMs: Date.now() })
    },
    async note(worked) {
      tried = { atMs: performance.now(), worked }
      if (!worked) return
      // Losing it costs one request.
      await writeFile(`${path}.tmp`, JSON.stringify({ refreshedAtMs: Date.now() }), { mode: 0o600 })
      await rename(`${path}.tmp`, path)
    },
  }
}
