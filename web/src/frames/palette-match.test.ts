// What the palette finds, and in which order.
import { expect, test } from 'vitest'
import { best, fit } from './palette-match.ts'

test('every word must be found, somewhere, in any order and case', () => {
  expect(fit('till 1.4', ['Till 1.4.2', 'stable'])).toBeGreaterThan(0)
  expect(fit('1.4 TILL', ['Till 1.4.2'])).toBeGreaterThan(0)
  expect(fit('till beta', ['Till 1.4.2', 'stable'])).toBe(0)
  expect(fit('', ['anything'])).toBeGreaterThan(0)
  expect(fit('undefined', ['till', undefined])).toBe(0)
})

test('beginnings come first, and the best few are kept', () => {
  const names = ['Pastille', 'A till', 'Till', 'till-11', 'Scale']

  const found = best(names, { typed: 'till', textsOf: (name) => [name], limit: 3 })

  expect(found).toEqual(['Till', 'till-11', 'A till'])
})
