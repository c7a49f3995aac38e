// The rule of foreign origins.
import { expect, test } from 'vitest'
import { isForeignOrigin } from './origin.ts'

const OURS = 'https://fairway.example'

test.each([
  ['GET', { origin: 'https://evil.example' }, false],
  ['POST', { origin: OURS }, false],
  ['POST', { 'sec-fetch-site': 'same-origin' }, false],
  ['POST', { origin: 'null', 'sec-fetch-site': 'same-origin' }, false],
  ['POST', {}, true],
  ['POST', { origin: 'https://evil.example' }, true],
  ['POST', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, true],
  ['POST', { origin: `${OURS}.evil.example` }, true],
  ['POST', { origin: 'http://fairway.example' }, true],
  ['POST', { origin: 'null' }, true],
  ['POST', { origin: 'null', 'sec-fetch-site': 'cross-site' }, true],
  ['DELETE', { 'sec-fetch-site': 'same-site' }, true],
  ['PATCH', { 'sec-fetch-site': 'none' }, true],
])('%s with %j: foreign %s', (method, headers, foreign) => {
  expect(isForeignOrigin({ method, headers }, OURS)).toBe(foreign)
})
