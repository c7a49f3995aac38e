// The rule that closes inquiries, as a table: what must be true, and what each missing piece does.
import { expect, test } from 'vitest'
import { after } from '#platform/clock'
import { TIMING } from '../timing.ts'
import { type Current, judgeInquiry, type Question, type Watched } from './judge-inquiry.ts'

const NOW = new Date('2026-11-23T12:00:00.000Z')
const ago = (ms: number) => after(NOW, -ms)
const SECOND = 1000
const MINUTE = 60 * SECOND
const DAY = 86_400_000

/** 1.0.0 has the fault, 1.1.0 too; 1.1.1 fixes it, 1.2.0 comes later. */
const SEQUENCES = new Map([
  ['1.0.0', 1],
  ['1.1.0', 2],
  ['1.1.1', 3],
  ['1.2.0', 4],
])
const FIX = { releaseId: 're_fix', version: '1.1.1', sequence: 3 }

function anInstallation(wish: Partial<Current> = {}): Current {
  return {
    id: 'in_3',
    name: 'till-3',
    state: 'active',
    version: '1.1.1',
    health: 'healthy',
    healthySince: ago(5 * MINUTE),
    lastSeenAt: ago(10 * SECOND),
    enrolledAt: ago(90 * DAY),
    ...wish,
  }
}

function watching(installationId = 'in_3', wish: Partial<Watched> = {}): Watched {
  return { installationId, isNamed: false, versions: ['1.0.0'], ...wish }
}

function judge(wish: Partial<Question> = {}) {
  return judgeInquiry({
    now: NOW,
    timing: TIMING,
    bakeMs: MINUTE,
    affectedRange: '>=1.0.0 <1.1.1',
    fixes: [FIX],
    sequences: SEQUENCES,
    watched: [watching()],
    installations: [anInstallation()],
    trustFrom: null,
    ...wish,
  })
}

const judgeOne = (wish: Partial<Current>) => judge({ installations: [anInstallation(wish)] })

test('an installation that runs the fix, healthy for longer than the bake time, and said so, is proof', () => {
  expect(judge()).toEqual({
    kind: 'fixed',
    proof: [
      {
        installationId: 'in_3',
        name: 'till-3',
        version: '1.1.1',
        fixReleaseId: 're_fix',
        fixVersion: '1.1.1',
        healthySince: ago(5 * MINUTE),
      },
    ],
    silent: [],
  })
})

test.each<[string, Partial<Current>, string]>([
  ['still runs the affected version', { version: '1.0.0' }, 'not_installed'],
  ['runs nothing yet', { version: null, health: 'unknown', healthySince: null }, 'not_installed'],
  ['runs something that is no version', { version: 'nightly' }, 'not_installed'],
  ['runs the fix, but ill', { health: 'unhealthy', healthySince: null }, 'not_healthy'],
  ['runs the fix, and nobody knows how', { health: 'unknown', healthySince: null }, 'not_healthy'],
  ['is healthy for a second less than the bake time', { healthySince: ago(59 * SECOND), lastSeenAt: NOW }, 'proving'],
  [
    'was healthy long ago, but was not heard after the bake time',
    { healthySince: ago(5 * MINUTE), lastSeenAt: ago(5 * MINUTE) },
    'proving',
  ],
  ['was heard just before the bake time ended', { healthySince: ago(5 * MINUTE), lastSeenAt: ago(4 * MINUTE + 1) }, 'proving'],
  ['was never heard, though it is healthy', { lastSeenAt: null, enrolledAt: ago(DAY) }, 'proving'],
])('holds the answer while it %s', (_title, wish, because) => {
  expect(judgeOne(wish)).toMatchObject({ kind: 'waiting', because, waitsFor: [{ installationId: 'in_3', because }] })
})

test('exactly the bake time, heard exactly then, is enough', () => {
  expect(judgeOne({ healthySince: ago(MINUTE), lastSeenAt: NOW }).kind).toBe('fixed')
  expect(judgeOne({ healthySince: ago(5 * MINUTE), lastSeenAt: ago(4 * MINUTE) }).kind).toBe('fixed')
})

test.each<[string, Partial<Current>, Date]>([
  ['the end of the bake time', { healthySince: ago(20 * SECOND) }, after(NOW, 40 * SECOND)],
  ['soon, for the check-in that is missing as evidence', { lastSeenAt: ago(5 * MINUTE) }, after(NOW, TIMING.evidenceMs)],
  ['a while, since changes are announced', { version: '1.0.0' }, after(NOW, TIMING.recheckMs)],
  [
    'the moment when it counts as silent',
    { version: '1.0.0', lastSeenAt: ago(14 * DAY - MINUTE), healthySince: null },
    after(NOW, MINUTE),
  ],
])('looks again at %s', (_title, wish, nextAt) => {
  expect(judgeOne(wish)).toMatchObject({ kind: 'waiting', nextAt })
})

test.each<[string, string, boolean]>([
  ['the version that the release introduced', '1.1.1', true],
  ['a later version', '1.2.0', true],
  ['a later version that we never published', '1.3.0', true],
  ['a pre-release of the version that fixes', '1.1.1-rc.1', false],
  ['a pre-release of a later version', '1.2.0-beta.1', true],
  ['an earlier version', '1.1.0', false],
])('%s (%s) fixes: %s', (_title, version, isFixed) => {
  expect(judgeOne({ version }).kind).toBe(isFixed ? 'fixed' : 'waiting')
})

test('a higher version that was published before the fix does not hold it', () => {
  const sequences = new Map([...SEQUENCES, ['2.0.0-beta.1', 2]])

  const judgement = judge({ sequences, installations: [anInstallation({ version: '2.0.0-beta.1' })] })

  expect(judgement).toMatchObject({ kind: 'waiting', because: 'not_installed' })
})

test('with a fix on two lines, each line needs its own', () => {
  const backport = { releaseId: 're_back', version: '1.0.5', sequence: 4 }
  const sequences = new Map([...SEQUENCES, ['1.0.5', 4], ['1.0.6', 5]] as [string, number][])
  const on = (version: string) => judge({ fixes: [FIX, backport], sequences, installations: [anInstallation({ version })] })

  expect(on('1.0.5')).toMatchObject({ kind: 'fixed', proof: [{ fixVersion: '1.0.5' }] })
  expect(on('1.0.6')).toMatchObject({ kind: 'fixed', proof: [{ fixVersion: '1.0.5', version: '1.0.6' }] })
  expect(on('1.1.0')).toMatchObject({ kind: 'waiting', because: 'not_installed' })
  expect(on('1.1.1')).toMatchObject({ kind: 'fixed', proof: [{ fixVersion: '1.1.1' }] })
})

test('without a fix (none published, or all withdrawn) it waits, and only an announcement wakes it', () => {
  expect(judge({ fixes: [] })).toEqual({ kind: 'waiting', because: 'no_fix', waitsFor: [], nextAt: null })
})

test('all installations must prove it; the one furthest behind gives the reason', () => {
  const others = [
    anInstallation({ id: 'in_4', name: 'till-4', health: 'unhealthy', healthySince: null }),
    anInstallation({ id: 'in_5', name: 'till-5', version: '1.0.0' }),
  ]

  const judgement = judge({
    watched: [watching(), watching('in_4'), watching('in_5')],
    installations: [anInstallation(), ...others],
  })

  expect(judgement).toMatchObject({ kind: 'waiting', because: 'not_installed' })
  expect(judgement.kind === 'waiting' && judgement.waitsFor.map((one) => one.name)).toEqual(['till-4', 'till-5'])
})

test.each(['retired', 'revoked'] as const)('an installation that is %s does not count', (state) => {
  const gone = anInstallation({ id: 'in_4', version: '1.0.0', state })

  expect(judge({ watched: [watching(), watching('in_4')], installations: [anInstallation(), gone] })).toMatchObject({
    kind: 'fixed',
    proof: [{ installationId: 'in_3' }],
    silent: [],
  })
})

test('one that was silent for 14 days is named and does not hold the answer; a second less does', () => {
  const both = (lastSeenAt: Date) =>
    judge({
      watched: [watching(), watching('in_4')],
      installations: [
        anInstallation(),
        anInstallation({ id: 'in_4', name: 'till-4', version: '1.0.0', lastSeenAt, healthySince: ago(20 * DAY) }),
      ],
    })

  expect(both(ago(14 * DAY))).toMatchObject({
    kind: 'fixed',
    silent: [{ installationId: 'in_4', name: 'till-4', lastSeenAt: ago(14 * DAY) }],
  })
  expect(both(ago(14 * DAY - SECOND))).toMatchObject({ kind: 'waiting' })
})

test.each<[string, Partial<Current>]>([
  ['retired', { state: 'retired' }],
  ['silent', { lastSeenAt: ago(15 * DAY), healthySince: ago(20 * DAY) }],
  ['silent since it was enrolled', { lastSeenAt: null, health: 'unknown', healthySince: null }],
])('where the only one is %s, nothing closes by itself', (_title, wish) => {
  expect(judgeOne(wish)).toEqual({
    kind: 'waiting',
    because: 'nobody_reports',
    waitsFor: [],
    nextAt: after(NOW, TIMING.recheckMs),
  })
})

test('one that was silent and became healthy a moment ago has spoken, though fleet has not written when', () => {
  expect(judgeOne({ lastSeenAt: ago(15 * DAY), healthySince: ago(SECOND) })).toMatchObject({
    kind: 'waiting',
    because: 'proving',
  })
})

test('where none is known any more, nothing closes by itself', () => {
  expect(judge({ installations: [] })).toMatchObject({ kind: 'waiting', because: 'nobody_reports' })
})

test.each<[string, Watched, string]>([
  ['unnamed, ran an affected version when asked', watching('in_3', { versions: ['1.0.0'] }), 'fixed'],
  ['unnamed, ran it when asked and the fix when linked', watching('in_3', { versions: ['1.0.0', '1.1.1'] }), 'fixed'],
  ['unnamed, ran a version outside of the range', watching('in_3', { versions: ['0.9.0'] }), 'nothing_to_fix'],
  ['unnamed, ran an affected pre-release', watching('in_3', { versions: ['1.1.0-rc.2'] }), 'fixed'],
  ['unnamed, ran nothing', watching('in_3', { versions: [] }), 'nothing_to_fix'],
  ['named, whatever the range says', watching('in_3', { isNamed: true, versions: ['0.9.0'] }), 'fixed'],
  ['named, nobody knows what it ran', watching('in_3', { isNamed: true, versions: [] }), 'fixed'],
  [
    'named, but it had the fix when the customer asked',
    watching('in_3', { isNamed: true, versions: ['1.1.1'] }),
    'nothing_to_fix',
  ],
])('who is affected: %s', (_title, watched, kind) => {
  expect(judge({ watched: [watched] }).kind).toBe(kind)
})

test('an open range does not make the fix itself affected', () => {
  expect(judge({ affectedRange: '>=1.0.0' }).kind).toBe('fixed')
})

test('after a reopening only health that began later is proof', () => {
  const trustFrom = ago(2 * MINUTE)

  expect(judge({ trustFrom })).toMatchObject({ kind: 'waiting', because: 'healthy_before_reopening' })
  expect(judge({ trustFrom, installations: [anInstallation({ healthySince: ago(90 * SECOND) })] }).kind).toBe('fixed')
})
