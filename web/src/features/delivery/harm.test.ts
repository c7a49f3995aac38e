// How many more failures halt a rollout, against the rule of the server.
import { expect, test } from 'vitest'
import { failuresUntilHalt } from './harm.ts'

const limits = { minFailed: 2, maxFailedShare: 0.2, smallStep: 5 }
const step = (healthy: number, failed: number, open: number) => ({ healthy, failed, open, size: healthy + failed + open })

test('two failures at least, however few reported', () => {
  expect(failuresUntilHalt(limits, step(0, 0, 25), step(0, 0, 25))).toBe(2)
  expect(failuresUntilHalt(limits, step(0, 1, 24), step(0, 1, 24))).toBe(1)
})

test('more than a fifth of those that reported, not a fifth', () => {
  // 5 of 25 is a fifth; 6 of 26 is more.
  expect(failuresUntilHalt(limits, step(20, 0, 30), step(20, 0, 30))).toBe(6)
})

test('of the step alone, too: many healthy ones before it do not hide that it fails', () => {
  expect(failuresUntilHalt(limits, step(100, 0, 10), step(0, 0, 10))).toBe(2)
})

test('all of a small step halt it', () => {
  expect(failuresUntilHalt(limits, step(100, 0, 1), step(0, 0, 1))).toBe(1)
  expect(failuresUntilHalt(limits, step(3, 0, 1), step(3, 0, 1))).toBeUndefined()
})

test('where nobody is left to fail, nothing halts it', () => {
  expect(failuresUntilHalt(limits, step(40, 0, 0), step(12, 0, 0))).toBeUndefined()
})
