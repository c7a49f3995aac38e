// Speed and time left of an upload.
import { expect, test } from 'vitest'
import { measure, startPace, timeLeft } from './pace.ts'

test('a steady upload has its speed at once, and the time left follows', () => {
  const pace = measure(startPace(0, 0), 1000, 2_000_000)
  expect(pace.speed).toBe(2_000_000)
  expect(timeLeft(pace, 6_000_000)).toBe(3000)
})

test('what comes too close together is not measured', () => {
  const pace = startPace(0, 0)
  expect(measure(pace, 100, 50_000)).toBe(pace)
})

test('a hiccup moves the speed only a little', () => {
  const pace = measure(measure(startPace(0, 0), 1000, 1_000_000), 2000, 1_000_000)
  expect(pace.speed).toBeGreaterThan(700_000)
})

test('nobody knows the time left before the first measurement, or while nothing moves', () => {
  expect(timeLeft(startPace(0, 0), 100)).toBeUndefined()
  expect(timeLeft({ at: 0, sent: 0, speed: 0 }, 100)).toBeUndefined()
})
