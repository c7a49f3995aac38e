// Counts what each caller asks in a minute, in the memory of this process; bounded, so that nobody can fill it.
export interface Counted {
  max: number
  remaining: number
  /** Until this caller's minute is over. */
  resetSeconds: number
  isExceeded: boolean
}

export type RateCounter = ReturnType<typeof createRateCounter>

const WINDOW_MS = 60_000
const MAX_CALLERS = 50_000

/** A caller's minute begins with its first request. `nowMs` never jumps, unlike the time of day. */
export function createRateCounter(nowMs = () => performance.now()) {
  /** In the order in which their minutes began. */
  const minutes = new Map<string, { endsMs: number; count: number }>()

  function begin(caller: string, now: number) {
    minutes.delete(caller)
    const [oldest] = minutes.size >= MAX_CALLERS ? minutes.keys() : []
    if (oldest !== undefined) minutes.delete(oldest)
    const minute = { endsMs: now + WINDOW_MS, count: 0 }
    minutes.set(caller, minute)
    return minute
  }

  return {
    count(caller: string, max: number): Counted {
      const now = nowMs()
      const known = minutes.get(caller)
      const minute = known && known.endsMs > now ? known : begin(caller, now)
      minute.count += 1
      const resetSeconds = Math.ceil((minute.endsMs - now) / 1000)
      return { max, remaining: Math.max(0, max - minute.count), resetSeconds, isExceeded: minute.count > max }
    },
    size: () => minutes.size,
  }
}

/** What every counted answer says of its caller's limit: how many a minute, how many are left, seconds until it begins anew. */
export const RATE_HEADERS = ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'] as const

export function headersOf({ max, remaining, resetSeconds }: Counted) {
  const [limit, left, reset] = RATE_HEADERS
  return { [limit]: max, [left]: remaining, [reset]: resetSeconds }
}
