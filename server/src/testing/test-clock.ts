// A clock that the test moves.
import { after, type Clock } from '#platform/clock'

export interface TestClock extends Clock {
  advance(ms: number): void
}

/** Begins at the true time, since sessions and PostgreSQL live in it; then goes only where the test moves it, plus the time that passes. */
export function createTestClock(): TestClock {
  let movedMs = 0
  return { now: () => after(new Date(), movedMs), advance: (ms) => void (movedMs += ms) }
}
