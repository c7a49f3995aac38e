// The header of a patch, and which requests ask for one (RFC 9842).
import { expect, test } from 'vitest'
import { acceptsDcz, dczHeader, readAvailableDictionary } from './dcz.ts'

const hex = 'ab'.repeat(32)
const base64 = Buffer.from(hex, 'hex').toString('base64')

test('a patch begins with eight bytes that never change and the digest of its dictionary', () => {
  expect(dczHeader(hex).toString('hex')).toBe(`5e2a4d1820000000${hex}`)
  // A skippable frame of zstd (RFC 8878 §3.1.2) of 32 bytes: whoever knows only zstd passes over it.
  expect(dczHeader(hex).readUInt32LE(0) & 0xfffffff0).toBe(0x184d2a50)
  expect(dczHeader(hex).readUInt32LE(4)).toBe(32)
})

test.each([
  [`:${base64}:`, hex],
  [` :${base64}: `, hex],
  [base64, undefined],
  [`:${base64}`, undefined],
  [`:${base64.slice(0, -4)}:`, undefined],
  [`:${base64}:, :${base64}:`, undefined],
  ['::', undefined],
  ['', undefined],
  [undefined, undefined],
  [[`:${base64}:`, `:${base64}:`], undefined],
])('Available-Dictionary %j is %j', (header, digest) => {
  expect(readAvailableDictionary(header)).toBe(digest)
})

test.each([
  ['dcz', true],
  ['gzip, br, dcz, dcb', true],
  ['DCZ;q=0.5', true],
  ['dcz;q=0', false],
  ['dcz; q=0.000', false],
  ['gzip, br', false],
  ['*', false],
  ['', false],
  [undefined, false],
])('Accept-Encoding %j: %j', (header, does) => {
  expect(acceptsDcz(header)).toBe(does)
})
