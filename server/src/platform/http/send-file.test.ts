import { expect, test } from 'vitest'
import { readRange } from './send-file.ts'

test('no part of an empty file can be had', () => {
  expect(readRange('bytes=-5', 0)).toBe('unsatisfiable')
  expect(readRange('bytes=0-', 0)).toBe('unsatisfiable')
})

test.each([
  [undefined, 'whole'],
  ['bytes=0-99', { from: 0, to: 99 }],
  ['bytes=90-', { from: 90, to: 99 }],
  ['bytes=90-1000', { from: 90, to: 99 }],
  ['bytes=-10', { from: 90, to: 99 }],
  ['bytes=-1000', { from: 0, to: 99 }],
  ['bytes=100-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=5-4', 'whole'],
  ['bytes=0-1,5-6', 'whole'],
  ['bytes=-', 'whole'],
  ['lines=0-1', 'whole'],
  ['bytes=99999999999999999999-', 'whole'],
])('the range %s of a file of 100 bytes', (header, expected) => {
  expect(readRange(header, 100)).toEqual(expected)
})
