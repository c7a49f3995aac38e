import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cohortHash, EVERYBODY, isInCohort, thresholdOf } from './cohort.ts'

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 60 })
const percent = fc.double({ min: 0.01, max: 100, noNaN: true })

function membersOf(installationIds: string[], threshold: string) {
  return installationIds.filter((id) => isInCohort('salt', id, threshold))
}

describe('the threshold of a step', () => {
  test('lets exactly ⌈p·n⌉ installations in, so never nobody', () => {
    fc.assert(
      fc.property(ids, percent, (installationIds, p) => {
        const threshold = thresholdOf({ salt: 'salt', installationIds, percent: p, before: null })

        expect(membersOf(installationIds, threshold)).toHaveLength(Math.ceil((p * installationIds.length) / 100))
      }),
    )
  })

  test('keeps everybody in who was in, even when installations left meanwhile', () => {
    fc.assert(
      fc.property(ids, percent, percent, (installationIds, p, q) => {
        const before = thresholdOf({ salt: 'salt', installationIds, percent: Math.min(p, q), before: null })
        const some = installationIds.slice(0, Math.ceil(installationIds.length / 2))

        const then = thresholdOf({ salt: 'salt', installationIds: some, percent: Math.max(p, q), before })

        expect(membersOf(installationIds, then)).toEqual(expect.arrayContaining(membersOf(installationIds, before)))
      }),
    )
  })

  test('is above every hash at 100 percent, later comers included', () => {
    const threshold = thresholdOf({ salt: 'salt', installationIds: [], percent: 100, before: null })

    expect(threshold).toBe(EVERYBODY)
    expect(isInCohort('salt', 'enrolled tomorrow', threshold)).toBe(true)
  })

  test('takes a share of the hashes where nobody is enrolled', () => {
    const threshold = thresholdOf({ salt: 'salt', installationIds: [], percent: 30, before: null })

    const members = membersOf(
      Array.from({ length: 10_000 }, (_, index) => `client ${index}`),
      threshold,
    )

    expect(members.length / 10_000).toBeGreaterThan(0.28)
    expect(members.length / 10_000).toBeLessThan(0.32)
  })
})

test('another salt gives another order', () => {
  const names = Array.from({ length: 50 }, (_, index) => `in_${index}`)
  const order = (salt: string) => names.toSorted((a, b) => (cohortHash(salt, a) < cohortHash(salt, b) ? -1 : 1))

  expect(order('one')).not.toEqual(order('another'))
  expect(order('one')).toEqual(order('one'))
})

test('nobody is in before the first step', () => {
  expect(isInCohort('salt', 'in_1', null)).toBe(false)
})
