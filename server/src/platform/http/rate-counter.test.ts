import { expect, test } from 'vitest'
import { createRateCounter } from './rate-counter.ts'

function aCounter() {
  const time = { nowMs: 0 }
  return { time, counter: createRateCounter(() => time.nowMs) }
}

test('a caller is over the limit with the first request beyond it, until its minute is over', () => {
  const { time, counter } = aCounter()

  expect(counter.count('ann', 2)).toEqual({ max: 2, remaining: 1, resetSeconds: 60, isExceeded: false })
  time.nowMs = 58_500
  expect(counter.count('ann', 2)).toEqual({ max: 2, remaining: 0, resetSeconds: 2, isExceeded: false })
  expect(counter.count('ann', 2)).toEqual({ max: 2, remaining: 0, resetSeconds: 2, isExceeded: true })
  time.nowMs = 60_000
  expect(counter.count('ann', 2)).toEqual({ max: 2, remaining: 1, resetSeconds: 60, isExceeded: false })
})

test('callers are counted apart', () => {
  const { counter } = aCounter()
  counter.count('ann', 1)

  expect(counter.count('bob', 1).isExceeded).toBe(false)
  expect(counter.count('ann', 1).isExceeded).toBe(true)
})

test('of too many callers those are forgotten who came first', () => {
  const { counter } = aCounter()
  counter.count('first', 1)
  for (let at = 0; at < 99_999; at++) counter.count(`other-${at}`, 1)

  expect(counter.size()).toBe(100_000)
  expect(counter.count('first', 1).isExceeded).toBe(true)
  counter.count('one more', 1)
  expect(counter.size()).toBe(50_001)
  expect(counter.count('other-99998', 1).isExceeded).toBe(true)
  expect(counter.count('first', 1).isExceeded).toBe(false)
})

test('whoever brings a minute of their own is counted there, however many others come', () => {
  const { time, counter } = aCounter()
  const minute = { minuteEndsMs: 0, minuteCount: 0 }
  counter.count(minute, 1)
  for (let at = 0; at < 200_000; at++) counter.count(`other-${at}`, 1)

  expect(counter.count(minute, 1).isExceeded).toBe(true)
  time.nowMs = 60_000
  expect(counter.count(minute, 1)).toEqual({ max: 1, remaining: 0, resetSeconds: 60, isExceeded: false })
})
