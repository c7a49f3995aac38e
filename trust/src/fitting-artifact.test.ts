import { expect, test } from 'vitest'
import { findFitting } from './fitting-artifact.ts'

const [anyAny, linuxAny, anyX64, linuxX64] = [
  { platform: 'any', arch: 'any' },
  { platform: 'linux', arch: 'any' },
  { platform: 'any', arch: 'x64' },
  { platform: 'linux', arch: 'x64' },
]

test.each([
  ['its own', [anyAny, linuxAny, anyX64, linuxX64], { platform: 'linux', arch: 'x64' }, linuxX64],
  ['its own platform before its own architecture', [anyX64, linuxAny, anyAny], { platform: 'linux', arch: 'x64' }, linuxAny],
  ['the one for all', [linuxX64, anyAny], { platform: 'darwin', arch: 'arm64' }, anyAny],
  ['none', [linuxX64, anyX64], { platform: 'darwin', arch: 'arm64' }, undefined],
])('a machine gets %s', (_title, artifacts, place, expected) => {
  expect(findFitting(artifacts, place)).toBe(expected)
})
