// How long to wait until the next check-in; pure.

const maxWaitMs = 3_600_000
const spread = 0.2

export interface Pace {
  pollSeconds: number
  /** Failures in a row. */
  failures: number
  revoked: boolean
  retryAfterMs: number
}

/** `chance` from 0 to 1: ± 20 %, so that installations that started together do not ask together. */
export function nextWaitMs({ pollSeconds, failures, revoked, retryAfterMs }: Pace, chance: number): number {
  const base = revoked
    ? maxWaitMs
    : Math.min(pollSeconds * 1000 * 2 ** Math.min(failures, 30), Math.max(maxWaitMs, pollSeconds * 1000))
  return Math.max(base * (1 - spread + 2 * spread * chance), retryAfterMs)
}
