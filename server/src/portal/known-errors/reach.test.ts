// How far a known error reaches, as a table.
import { expect, test } from 'vitest'
import { affectedAmong, type Reaching, reachOf } from './reach.ts'

const NO_FIXES = { fixes: [], sequences: new Map<string, number>() }
const FIXED_IN_111 = {
  fixes: [{ releaseId: 're_3', version: '1.1.1', sequence: 3 }],
  sequences: new Map([
    ['1.0.0', 1],
    ['1.2.0', 2],
    ['1.1.1', 3],
    ['1.3.0', 4],
  ]),
}
const count = (version: string, installations = 1, organisationId = 'org_1') => ({ organisationId, version, installations })
const error = (wish: Partial<Reaching> = {}): Reaching => ({
  productId: 'till',
  affectedRange: '<1.1.1',
  fixes: NO_FIXES,
  ...wish,
})

test.each([
  ['nobody runs it', error(), [], [0, 0, 0]],
  ['nothing fixes it', error(), [count('1.0.0', 3), count('1.0.1', 2, 'org_2'), count('1.1.1', 9)], [5, 2, 0]],
  ['one customer on two versions counts once', error(), [count('1.0.0', 3), count('1.0.1', 2)], [5, 1, 0]],
  ['some run the fix', error({ fixes: FIXED_IN_111 }), [count('1.0.0', 3), count('1.1.1', 2), count('1.3.0', 4)], [3, 1, 6]],
  [
    'a range without an end, and a fix',
    error({ affectedRange: '*', fixes: FIXED_IN_111 }),
    [count('1.0.0'), count('1.1.1')],
    [1, 1, 1],
  ],
  [
    'higher than the fix, but published before it',
    error({ affectedRange: '*', fixes: FIXED_IN_111 }),
    [count('1.2.0')],
    [1, 1, 0],
  ],
  ['a version that is none', error(), [count('nightly', 7)], [0, 0, 0]],
])('%s', (_title, reaching, counts, [installations, organisations, fixed]) => {
  expect(reachOf(reaching, counts)).toEqual({ affected: { installations, organisations }, fixedInstallations: fixed })
})

test('of an own fleet: those of the product that run a version with it', () => {
  const fleet = [
    { id: 'a', productId: 'till', version: '1.0.0' },
    { id: 'b', productId: 'till', version: '1.1.1' },
    { id: 'c', productId: 'scale', version: '1.0.0' },
    { id: 'd', productId: 'till', version: null },
  ]

  expect(affectedAmong(error(), fleet).map((one) => one.id)).toEqual(['a'])
})
