// What better-auth is never shown.
import { expect, test } from 'vitest'
import { readAuthBody, refuseDirtyUrl } from './auth-body.ts'

test('an object passes as it came, and nothing stays nothing', () => {
  expect(readAuthBody('{"email":"ann@vendor.example", "deep": [{"a": 1}]}')).toContain('ann@')
  expect(readAuthBody(undefined)).toBeUndefined()
  expect(readAuthBody('')).toBeUndefined()
})

test.each([
  'null',
  '1',
  '"x"',
  '[]',
  '{',
  'a=b',
  '{"a":"\\u0000"}',
  '{"a":{"b":["\\ud800"]}}',
  '{"\\u0000":1}',
  '{"\\udfff":1}',
  '{"a":"\u0000"}',
])('%j is refused', (text) => {
  expect(() => readAuthBody(text)).toThrow(expect.objectContaining({ kind: 'invalid', code: 'request.malformed' }))
})

test('depth costs no stack', () => {
  const deep = `{"a":${'['.repeat(4000)}"\\u0000"${']'.repeat(4000)}}`

  expect(() => readAuthBody(deep)).toThrow(expect.objectContaining({ code: 'request.malformed' }))
})

test.each(['/a?b=%00', '/a?b=%', '/a?b=%ff', '/a?b=%ed%a0%80'])('the address %s is refused', (url) => {
  expect(() => refuseDirtyUrl(url)).toThrow(expect.objectContaining({ code: 'request.malformed' }))
})
