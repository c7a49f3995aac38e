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

test('of too many callers those are forgotten whose minute began first', () => {
  const { time, counter } = aCounter()
  counter.count('first', 1)
  time.nowMs = 1
  counter.count('second', 1)
  for (let at = 0; at < 49_999; at++) counter.count(`other-${at}`, 1)

  expect(counter.size()).toBe(50_000)
  expect(counter.count('second', 1).isExceeded).toBe(true)
  expect(counter.count('first', 1).isExceeded).toBe(false)
})
