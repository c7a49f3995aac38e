// How large the tables of zstd are made: what was measured to be good, within the memory that there is.
import { describe, expect, test } from 'vitest'
import { settingsFor, windowLogFor } from './table-sizes.ts'

const MiB = 2 ** 20
const GiB = 2 ** 30

describe('the tables', () => {
  test.each([
    ['a small program', 50_000, 16, 17],
    ['two megabytes', 2_000_000, 22, 22],
    ['esbuild, 11 MB', 11_431_936, 24, 23],
    ['typescript, 24 MB', 24_457_216, 25, 24],
    ['node, 214 MB', 213_697_536, 28, 26],
  ])('of %s', (...[, bytes, windowLog, hashLog]) => {
    expect(settingsFor({ dictionary: bytes, target: bytes }, 2 * GiB)).toMatchObject({ windowLog, hashLog })
  })

  test('shrink with the memory, down to an eighth, and then there is no patch', () => {
    const sizes = { dictionary: 200 * MiB, target: 200 * MiB }

    expect(settingsFor(sizes, 2 * GiB)?.hashLog).toBe(26)
    expect(settingsFor(sizes, 1.1 * GiB)?.hashLog).toBe(25)
    expect(settingsFor(sizes, 0.8 * GiB)?.hashLog).toBe(23)
    expect(settingsFor(sizes, 0.7 * GiB)).toBeUndefined()
  })

  test('never need more than they say', () => {
    for (let dictionary = 1; dictionary <= 256 * MiB; dictionary *= 4) {
      for (let target = 1; target <= 512 * MiB; target *= 4) {
        const settings = settingsFor({ dictionary, target }, GiB)
        expect(settings?.memoryBytes ?? 0).toBeLessThanOrEqual(GiB)
      }
    }
  })
})

test.each([
  [100, 5, 10],
  [1024 * 1024, 1, 20],
  [1024 * 1024 + 1, 1, 21],
  // The whole dictionary must stay in reach to the last byte.
  [1024 * 1024, 1024 * 1024, 21],
  [10, 256 * MiB, 29],
])('the window of a content of %i bytes from one of %i is 2^%i', (target, dictionary, log) => {
  expect(windowLogFor({ target, dictionary })).toBe(log)
})
