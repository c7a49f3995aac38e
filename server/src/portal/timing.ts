// How long the portal waits for what; handed in, so that a demo can hurry and a test can name it.
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

export interface Timing {
  /** An installation that was not heard for so long is named in the answer and does not hold it. */
  silentAfterMs: number
  /** How long after closing by itself an inquiry is watched, and reopened if the fix does not hold. */
  guardMs: number
  /** How long after closing a customer may reopen. */
  reopenMs: number
  /** How soon to look again for a check-in that is due as evidence: check-ins announce nothing when nothing changed. */
  evidenceMs: number
  /** How soon to look again at what nobody announces, such as an installation that speaks again. */
  recheckMs: number
}

export const TIMING: Timing = {
  silentAfterMs: 14 * DAY_MS,
  guardMs: 7 * DAY_MS,
  reopenMs: 30 * DAY_MS,
  evidenceMs: 5000,
  recheckMs: 15 * MINUTE_MS,
}
