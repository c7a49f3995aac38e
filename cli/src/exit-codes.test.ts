// What the answers of the server mean to a script.
import { expect, test } from 'vitest'
import { exitCodeOf } from './exit-codes.ts'
import { failureOf } from './reach/ask.ts'

test.each([
  [400, 5],
  [401, 3],
  [403, 3],
  [404, 4],
  [409, 5],
  [413, 5],
  [415, 5],
  [422, 5],
  [429, 6],
  [500, 1],
  [502, 6],
  [503, 6],
  [504, 6],
])('%d ends with %d', (status, exitCode) => {
  expect(exitCodeOf(status)).toBe(exitCode)
})

test('a problem document becomes a failure with all that helps', () => {
  const problem = {
    code: 'request.invalid',
    detail: 'The request is not as it should be.',
    requestId: 'rq_1',
    errors: [{ pointer: '/id', code: 'field.pattern', detail: 'must match' }],
  }

  const failure = failureOf(422, problem)

  expect(failure).toMatchObject({
    exitCode: 5,
    code: 'request.invalid',
    message: 'The request is not as it should be.',
    requestId: 'rq_1',
    fields: [{ pointer: '/id', detail: 'must match' }],
  })
})

test.each([undefined, '<html>', null, { errors: 'no list' }, { errors: [null] }])(
  '%j is no problem document, and still a sentence',
  (problem) => {
    expect(failureOf(409, problem)).toMatchObject({ exitCode: 5, code: 'http.409', message: 'The server answered 409.' })
  },
)
