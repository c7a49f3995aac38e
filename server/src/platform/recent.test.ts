import { expect, test } from 'vitest'
import { createRecent } from './recent.ts'

test('what is shown is found as long as it is one of the last so many', () => {
  const recent = createRecent<number>(3)

  for (let at = 0; at < 8; at++) recent.remember(`text ${at}`, at)

  expect(recent.size()).toBe(5)
  expect([2, 3, 7].map((at) => recent.find(`text ${at}`))).toEqual([undefined, 3, 7])
})
