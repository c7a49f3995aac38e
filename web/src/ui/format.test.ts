// Numbers, times and sizes as people read them, as tables.
import { beforeAll, expect, test } from 'vitest'
import { startWords } from '#words'
import {
  formatBytes,
  formatDate,
  formatDuration,
  formatFuture,
  formatLanguage,
  formatShare,
  formatTime,
  initials,
} from './format.ts'

beforeAll(startWords)

test.each([
  [115, 312, '37 %'],
  [0, 312, '0 %'],
  [312, 312, '100 %'],
  [311, 312, '99 %'],
  [1, 312, 'under 1 %'],
  [0, 0, '0 %'],
])('%i of %i is %s', (part, whole, shown) => {
  expect(formatShare(part, whole).replaceAll('\u00a0', ' ')).toBe(shown)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [94_200_000, '94.2 MB'],
  [1_500, '1.5 kB'],
  [2_000_000_000, '2 GB'],
])('%i bytes are %s', (bytes, shown) => {
  expect(formatBytes(bytes).replaceAll('\u00a0', ' ')).toBe(shown)
})

test.each([
  [40_000, '40 s'],
  [168_000, '2 min 48 s'],
  [22_320_000, '6 h 12 min'],
  [334_800_000, '3 d 21 h'],
  [86_400_000, '1 d'],
  [0, '0 s'],
])('%i ms are %s', (ms, shown) => {
  expect(formatDuration(ms).replaceAll('\u00a0', ' ')).toBe(shown)
})

const NOW = new Date(2026, 10, 19, 14, 30)
test.each([
  [new Date(2026, 10, 19, 14, 18), '14:18'],
  [new Date(2026, 10, 18, 14, 18), 'Wed 14:18'],
  [new Date(2026, 10, 12, 14, 18), '12 Nov 14:18'],
  [new Date(2025, 10, 12, 14, 18), '12 Nov 2025'],
])('%s is %s', (at, shown) => {
  expect(formatTime(at, NOW)).toBe(shown)
})

test('what is to come says its day', () => {
  expect(formatFuture(new Date(2026, 10, 24, 2, 0), NOW)).toBe('Tue 24 Nov, 02:00')
})

test.each([
  ['A manager', 'AM'],
  ['admin', 'A'],
  ['', ''],
])('“%s” as letters: %s', (name, shown) => {
  expect(initials(name)).toBe(shown)
})

test('a day without its hour, a language by its name', () => {
  expect(formatDate(new Date(2026, 10, 12, 14, 18))).toBe('12 Nov 2026')
  expect(['en', 'de', 'xx'].map(formatLanguage)).toEqual(['English', 'German', 'xx'])
})
