// What time it is; handed in, so that tests can move it.
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

export function after(date: Date, ms: number) {
  return new Date(date.getTime() + ms)
}
