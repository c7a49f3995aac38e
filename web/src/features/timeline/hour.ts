// An hour of the timeline: how much happened in it.
export interface Hour {
  at: string
  total: number
  failed: number
}

export const HOUR_MS = 3_600_000

/** "Until" its end shows first what was in it. */
export function endOf({ at }: Hour) {
  return new Date(Date.parse(at) + HOUR_MS).toISOString()
}
