// How fast an upload goes and how long it still takes, smoothed so that a person can read it. Pure.
export interface Pace {
  at: number
  sent: number
  /** bytes in a second; undefined until there are two measurements */
  speed: number | undefined
}

const SMOOTHING_MS = 4000
const LEAST_MS = 250

export function startPace(now: number, sent: number): Pace {
  return { at: now, sent, speed: undefined }
}

export function measure(pace: Pace, now: number, sent: number): Pace {
  const passed = now - pace.at
  if (passed < LEAST_MS) return pace
  const speed = ((sent - pace.sent) / passed) * 1000
  const weight = 1 - Math.exp(-passed / SMOOTHING_MS)
  return { at: now, sent, speed: pace.speed === undefined ? speed : pace.speed + weight * (speed - pace.speed) }
}

/** Milliseconds; undefined while nobody can know. */
export function timeLeft({ speed }: Pace, bytesLeft: number) {
  return speed === undefined || speed < 1 ? undefined : (bytesLeft / speed) * 1000
}
