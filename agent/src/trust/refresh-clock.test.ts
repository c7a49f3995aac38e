// When the metadata are due: by the monotonic clock within one life of the agent, by what was written down at its start.
import { describe, expect, test } from 'vitest'
import { isRefreshDue, type Tries } from './refresh-clock.ts'

const hour = 3_600_000
const now = { monotonicMs: 100 * hour, wallMs: 1_000 * hour }

describe('the metadata', () => {
  test.each<[string, Tries, boolean]>([
    ['never looked at', { tried: null, storedAtMs: null }, true],
    ['looked at an hour ago, before this start', { tried: null, storedAtMs: now.wallMs - hour }, false],
    ['looked at a day ago, before this start', { tried: null, storedAtMs: now.wallMs - 24 * hour }, true],
    ['looked at in the future: the clock was set', { tried: null, storedAtMs: now.wallMs + 1 }, true],
    ['looked at 23 hours ago', { tried: { atMs: now.monotonicMs - 23 * hour, worked: true }, storedAtMs: null }, false],
    ['looked at a day ago', { tried: { atMs: now.monotonicMs - 24 * hour, worked: true }, storedAtMs: null }, true],
    ['refused a minute ago', { tried: { atMs: now.monotonicMs - 60_000, worked: false }, storedAtMs: null }, false],
    ['refused an hour ago', { tried: { atMs: now.monotonicMs - hour, worked: false }, storedAtMs: now.wallMs }, true],
  ])('%s: %s', (_name, tries, due) => {
    expect(isRefreshDue(tries, now)).toBe(due)
  })
})
