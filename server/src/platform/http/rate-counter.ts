// Counts what each caller asks in a minute, in the memory of this process; bounded, so that nobody can fill it.
import { createRecent } from '../recent.ts'

export interface Counted {
  max: number
  remaining: number
  /** Until this caller's minute is over. */
  resetSeconds: number
  isExceeded: boolean
}

/** The count of one caller. Whoever has an object for each caller that it knows may keep it there; it begins with zeros. */
export interface Minute {
  minuteEndsMs: number
  minuteCount: number
}

export type RateCounter = ReturnType<typeof createRateCounter>

const WINDOW_MS = 60_000
/** Strangers can be as many as there are addresses. Whoever proved who they are brings a minute of their own, and is never forgotten. */
const MAX_CALLERS = 50_000

/** A caller's minute begins with its first request. `nowMs` never jumps, unlike the time of day. */
export function createRateCounter(nowMs = () => performance.now()) {
  const minutes = createRecent<Minute>(MAX_CALLERS)
  const minuteOf = (caller: string) => minutes.find(caller) ?? minutes.remember(caller, { minuteEndsMs: 0, minuteCount: 0 })

  return {
    count(caller: string | Minute, max: number): Counted {
      const now = nowMs()
      const minute = typeof caller === 'string' ? minuteOf(caller) : caller
      if (minute.minuteEndsMs <= now) {
        minute.minuteEndsMs = now + WINDOW_MS
        minute.minuteCount = 0
      }
      minute.minuteCount += 1
      const resetSeconds = Math.ceil((minute.minuteEndsMs - now) / 1000)
      return { max, remaining: Math.max(0, max - minute.minuteCount), resetSeconds, isExceeded: minute.minuteCount > max }
    },
    size: minutes.size,
  }
}

/** What every counted answer says of its caller's limit: how many a minute, how many are left, seconds until it begins anew. */
export const RATE_HEADERS = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'] as const

export function headersOf({ max, remaining, resetSeconds }: Counted) {
  const [limit, left, reset] = RATE_HEADERS
  return { [limit]: max, [left]: remaining, [reset]: resetSeconds }
}
