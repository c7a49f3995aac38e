// SemVer order and the versions that are suggested.
import { expect, test } from 'vitest'
import { compareVersions, isVersion, nextVersions } from './versions.ts'

test('only SemVer 2.0 is a version', () => {
  expect(['1.4.2', '1.5.0-beta.3', '1.0.0+build.5'].every(isVersion)).toBe(true)
  expect(['1.4', 'v1.4.2', '01.2.3', '1.2.3-', '', '1.2.3-01'].some(isVersion)).toBe(false)
})

test('the order of the standard', () => {
  const order = [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.10',
    '2.0.0',
  ]
  expect(order.toReversed().toSorted(compareVersions)).toEqual(order)
})

test('what could be next', () => {
  expect(nextVersions(['1.0.0', '1.4.2', '1.4.1'])).toEqual(['1.4.3', '1.5.0', '2.0.0'])
  expect(nextVersions(['1.5.0-beta.3', '1.4.2'])).toEqual(['1.5.0-beta.4', '1.5.0', '1.6.0', '2.0.0'])
  expect(nextVersions([])).toEqual(['1.0.0', '0.1.0'])
})
