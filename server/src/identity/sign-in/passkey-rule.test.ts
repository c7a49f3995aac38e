// Whether a passkey checked that it was its person.
import { expect, test } from 'vitest'
import { isUserVerified } from './passkey-rule.ts'

const data = (flags: number) => Buffer.concat([Buffer.alloc(32), Buffer.from([flags]), Buffer.alloc(4)]).toString('base64url')

test.each([
  ['present and verified', data(0b101), true],
  ['present only', data(0b001), false],
  ['too short', Buffer.alloc(10).toString('base64url'), false],
  ['no text', 7, false],
  ['nothing', undefined, false],
])('%s: %s', (_what, authenticatorData, verified) => {
  expect(isUserVerified(authenticatorData)).toBe(verified)
})
