import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { type ActiveRollout, cohortHash, type PublishedRelease } from '#delivery'
import type { Installation } from '#fleet'
import { createSnapshot } from '../snapshot.ts'
import { outlookOf, percentStarted, percentToCome } from './outlook.ts'

const SALT = 'salt'
const byHash = (ids: string[]) => ids.toSorted((a, b) => (cohortHash(SALT, a) < cohortHash(SALT, b) ? -1 : 1))
/** In the order of their hashes. */
const ids = byHash(Array.from({ length: 20 }, (_, index) => `in_${index}`))
const hashes = ids.map((id) => cohortHash(SALT, id))
const [first = '', last = ''] = [ids[0], ids.at(-1)]

function aRelease(version: string, sequence: number, state: PublishedRelease['state'] = 'published'): PublishedRelease {
  const artifact = { id: `ar_${version}`, platform: 'linux', arch: 'x64', name: 'till', kind: 'opaque', size: 1 } as const
  return {
    id: `re_${version}`,
    productId: 'till',
    version,
    sequence,
    state,
    publishedAt: new Date(0),
    notes: '',
    fixes: [],
    minimumVersion: null,
    manifest: { payloadType: '', payload: '', signatures: [] },
    artifacts: [{ ...artifact, sha256: '', sha512: '', plain: null }],
  }
}

const running: ActiveRollout = {
  id: 'ro_1',
  releaseId: 're_1.1.0',
  salt: SALT,
  state: 'running',
  startedAt: new Date(0),
  percent: 5,
  threshold: hashes[0] ?? '',
  step: 1,
  steps: [
    { percent: 5, threshold: hashes[0] ?? '' },
    { percent: 50, threshold: null },
    { percent: 100, threshold: null },
  ],
}

/** 1.0.0 is completed on stable, and 1.1.0 rolls out. */
function snapshotWith({ rollout = running, withdrawn = '' }: { rollout?: ActiveRollout | null; withdrawn?: string }) {
  return createSnapshot({
    products: [{ id: 'till', name: 'Till', isPublic: false, manifestKey: '', bakeSeconds: 60 }],
    channels: [
      {
        productId: 'till',
        name: 'stable',
        completedReleaseId: 're_1.0.0',
        releaseIds: [],
        provenReleaseIds: ['re_0.9.0', 're_1.0.0'],
        rollout,
        rollbacks: [],
      },
    ],
    releases: ['0.9.0', '1.0.0', '1.1.0'].map((version, at) =>
      aRelease(version, at, version === withdrawn ? 'withdrawn' : 'published'),
    ),
    repositories: [],
    patches: [],
    entitlements: [{ organisationId: 'or_1', productId: 'till', channel: 'stable' }],
  })
}

function anInstallation(change: Partial<Installation> = {}): Installation {
  return {
    id: last,
    organisationId: 'or_1',
    productId: 'till',
    channel: 'stable',
    name: 'till 1',
    platform: 'linux',
    arch: 'x64',
    state: 'active',
    version: '1.0.0',
    releaseId: 're_1.0.0',
    health: 'healthy',
    healthySince: null,
    refusedReleaseIds: [],
    copiedAt: null,
    enrolledAt: new Date(0),
    lastSeenAt: new Date(0),
    ...change,
  }
}

describe('an outlook', () => {
  type Facts = Parameters<typeof snapshotWith>[0]
  test.each<
    [string, Partial<Installation>, Facts, { kind: string; version: string | null; code: string | null; rollout: boolean }]
  >([
    ['of who is in', { id: first }, {}, { kind: 'update', version: '1.1.0', code: null, rollout: true }],
    ['of who waits for its turn', {}, {}, { kind: 'held', version: '1.1.0', code: 'cohort', rollout: true }],
    [
      'of who is in while it is paused',
      { id: first },
      { rollout: { ...running, state: 'paused' } },
      { kind: 'held', version: '1.1.0', code: 'paused', rollout: true },
    ],
    ['of who is behind', { releaseId: 're_0.9.0' }, {}, { kind: 'update', version: '1.0.0', code: null, rollout: false }],
    ['of who has it already', { releaseId: 're_1.1.0' }, {}, { kind: 'current', version: '1.1.0', code: null, rollout: true }],
    ['without a rollout', {}, { rollout: null }, { kind: 'current', version: '1.0.0', code: null, rollout: false }],
    [
      'of where it went back',
      { id: first, refusedReleaseIds: ['re_1.1.0'] },
      {},
      { kind: 'held', version: '1.1.0', code: 'refused_here', rollout: true },
    ],
    [
      'without a file for it',
      { id: first, platform: 'windows' },
      {},
      { kind: 'held', version: '1.1.0', code: 'no_artifact', rollout: true },
    ],
    [
      'of what was withdrawn: it waits for nothing that is known',
      { releaseId: 're_1.1.0' },
      { rollout: null, withdrawn: '1.1.0' },
      { kind: 'held', version: null, code: 'withdrawn', rollout: false },
    ],
    [
      'without entitlement',
      { organisationId: 'or_2' },
      {},
      { kind: 'held', version: null, code: 'not_entitled', rollout: false },
    ],
    [
      'of who runs what nobody knows here',
      { releaseId: 're_gone' },
      { rollout: null },
      { kind: 'update', version: '1.0.0', code: null, rollout: false },
    ],
  ])('%s', (_title, installation, facts, expected) => {
    const { kind, version, code, text, rollout } = outlookOf(snapshotWith(facts), anInstallation(installation))

    expect({ kind, version, code, rollout: rollout !== null }).toEqual(expected)
    expect(text === null).toBe(code === null)
  })
})

describe('the step that holds an installation', () => {
  test('is known where it has started', () => {
    expect(percentStarted(running, first)).toBe(5)
    expect(percentStarted(running, ids[1] ?? '')).toBeNull()
  })

  test.each([
    [1, 50],
    [9, 50],
    [10, 100],
    [19, 100],
  ])('of the installation at place %i of twenty is that of %i percent', (place, percent) => {
    expect(percentToCome(running, ids[place] ?? '', hashes)).toBe(percent)
  })

  test('of one that is not counted yet is found by its hash; where nobody is, it is the last', () => {
    expect([50, 100]).toContain(percentToCome(running, 'in_new', hashes))
    expect(percentToCome(running, 'in_new', [])).toBe(100)
  })

  test('is one that then takes it in, whatever the channel', () => {
    const names = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(names, fc.integer({ min: 1, max: 99 }), (some, percent) => {
        const order = byHash(some).map((id) => cohortHash(SALT, id))
        const steps = [
          { percent, threshold: null },
          { percent: 100, threshold: null },
        ]
        const inFirst = some.filter((id) => percentToCome({ ...running, steps }, id, order) === percent)

        expect(inFirst).toHaveLength(Math.ceil((percent * some.length) / 100))
        expect(new Set(inFirst)).toEqual(new Set(byHash(some).slice(0, inFirst.length)))
      }),
    )
  })
})
