// Whatever a product is called, its short name is one.
import { expect, test } from 'vitest'
import { isSlug, toSlug } from './slug.ts'

test.each([
  ['Till', 'till'],
  ['  Wäge-Gerät 2 ', 'wage-gerat-2'],
  ['Quayline — A', 'quayline-a'],
  ['x'.repeat(60), 'x'.repeat(40)],
  [`${'x'.repeat(39)} y`, 'x'.repeat(39)],
])('%s → %s', (name, slug) => {
  expect(toSlug(name)).toBe(slug)
  expect(isSlug(slug)).toBe(true)
})

test.each(['', '-', 'Till', 'till_2', '-till', 'x'.repeat(41)])('%j is none', (text) => {
  expect(isSlug(text)).toBe(false)
})
