// Platforms and architectures as people read them.
import { beforeAll, expect, test } from 'vitest'
import { startWords } from '#words'
import { formatTarget } from './target.ts'

beforeAll(startWords)

test.each([
  ['linux', 'x64', 'Linux, x86-64'],
  ['linux', 'x86_64', 'Linux, x86-64'],
  ['windows', 'x64', 'Windows, x86-64'],
  ['win32', 'any', 'Windows, any architecture'],
  ['any', 'arm64', 'Any platform, ARM64'],
  ['any', 'any', 'Any platform'],
  ['plan9', 'mips', 'Plan9, mips'],
])('%s/%s is %s', (platform, arch, words) => {
  expect(formatTarget({ platform, arch })).toBe(words)
})
