// What the page of a rollout is made of, as tables: tallies of steps, expected sizes, failures, and what is next.
import { describe, expect, test } from 'vitest'
import type { Installation, Outcome } from '#fleet'
import { cohortHash, EVERYBODY } from './cohort.ts'
import { failuresOf } from './failures.ts'
import { NO_TALLY, type Verdict } from './judge-step.ts'
import type { Reason } from './reason.ts'
import type { Rollout, RolloutState, Step } from './rollout.ts'
import { expectSizes, tallySteps } from './step-tallies.ts'
import { nextOf } from './whats-next.ts'
import { hearWitnesses, type KnownFacts } from './witnesses.ts'

const SALT = 'salt'
const startedAt = new Date('2026-11-30T10:00:00Z')
const minutes = (count: number) => new Date(startedAt.getTime() + count * 60_000)
const now = minutes(20)
/** In the order of their hashes: the first ones come first. */
const ids = Array.from({ length: 10 }, (_, index) => `in_${index}`).toSorted((a, b) =>
  cohortHash(SALT, a) < cohortHash(SALT, b) ? -1 : 1,
)
const hashOf = (place: number) => cohortHash(SALT, ids[place] ?? '')

function aStep(percent: number, threshold: string | null): Step {
  return { percent, bakeSeconds: 3600, startedAt: threshold && startedAt.toISOString(), threshold, size: null }
}

/** Of ten installations two are in by the first step, three more by the second; the third has not started. */
function aRollout(change: Partial<Rollout> = {}): Rollout {
  return {
    id: 'ro_1',
    productId: 'till',
    channel: 'stable',
    releaseId: 're_2',
    salt: SALT,
    state: 'running',
    steps: [aStep(20, hashOf(1)), aStep(50, hashOf(4)), aStep(100, null)],
    step: 1,
    silentAfterSeconds: 600,
    because: '',
    reason: null,
    tally: NO_TALLY,
    createdBy: 'pe_1',
    endedBy: null,
    startedAt,
    listenedSince: startedAt,
    endedAt: null,
    ...change,
  }
}

function anInstallation(place: number, change: Partial<Installation> = {}): Installation {
  const id = ids[place] ?? ''
  return {
    id,
    organisationId: 'or_1',
    productId: 'till',
    channel: 'stable',
    name: `till ${place}`,
    platform: 'linux',
    arch: 'x64',
    state: 'active',
    version: '1.0.0',
    releaseId: 're_1',
    health: 'healthy',
    healthySince: null,
    refusedReleaseIds: [],
    copiedAt: null,
    enrolledAt: startedAt,
    lastSeenAt: minutes(19),
    ...change,
  }
}

function anOutcome(place: number, kind: Outcome['kind'], atMinute = 15): Outcome {
  const at = minutes(atMinute)
  return { installationId: ids[place] ?? '', releaseId: 're_2', kind, offeredAt: minutes(2), at, reason: `reason ${place}` }
}

function facts(outcomes: Outcome[], changes: Record<number, Partial<Installation>> = {}): KnownFacts {
  return {
    installations: ids.map((_, place) => anInstallation(place, changes[place])),
    outcomes,
    now,
    upSince: startedAt,
  }
}

const zero = { healthy: 0, updating: 0, waiting: 0, silent: 0, failed: 0 }

describe('a step counts what it added itself', () => {
  test.each<[string, KnownFacts, [object, object]]>([
    ['before anybody asked', facts([]), [{ waiting: 2 }, { waiting: 3 }]],
    [
      'who is not heard of',
      facts([], { 0: { lastSeenAt: null }, 3: { lastSeenAt: minutes(1) } }),
      [
        { waiting: 1, silent: 1 },
        { waiting: 2, silent: 1 },
      ],
    ],
    [
      'who is on the way',
      facts([anOutcome(0, 'offered'), anOutcome(2, 'downloaded'), anOutcome(3, 'installed')]),
      [
        { updating: 1, waiting: 1 },
        { updating: 2, waiting: 1 },
      ],
    ],
    [
      'who ended',
      facts([anOutcome(0, 'healthy'), anOutcome(1, 'healthy'), anOutcome(2, 'failed'), anOutcome(3, 'rolled_back')]),
      [{ healthy: 2 }, { failed: 2, waiting: 1 }],
    ],
    [
      'who took it and fell silent has failed',
      facts([anOutcome(2, 'downloaded', 10)]),
      [{ waiting: 2 }, { failed: 1, waiting: 2 }],
    ],
    [
      'who is not healthy any more has failed',
      facts([anOutcome(0, 'healthy')], { 0: { releaseId: 're_2', health: 'unhealthy' } }),
      [{ failed: 1, waiting: 1 }, { waiting: 3 }],
    ],
    [
      'what was told of an earlier rollout of the release does not count',
      facts([anOutcome(0, 'failed', -5)]),
      [{ waiting: 2 }, { waiting: 3 }],
    ],
  ])('%s', (_title, known, [first, second]) => {
    expect(tallySteps(aRollout(), hearWitnesses(aRollout(), known))).toEqual([
      { ...zero, ...first },
      { ...zero, ...second },
      null,
    ])
  })

  test('once it has ended, what happens to its installations since is not its doing', () => {
    const unhealthySince = facts([anOutcome(0, 'healthy')], { 0: { releaseId: 're_2', health: 'unhealthy' } })

    const ended = aRollout({ state: 'complete', endedAt: now })
    const [first] = tallySteps(ended, hearWitnesses(ended, unhealthySince))

    expect(first).toEqual({ ...zero, healthy: 1, waiting: 1 })
  })
})

describe('what a step would add', () => {
  test.each<[string, Step[], (number | null)[]]>([
    ['before the first', [aStep(5, null), aStep(25, null), aStep(100, null)], [1, 2, 7]],
    ['what is left after those that have started', [aStep(20, hashOf(1)), aStep(50, null), aStep(100, null)], [null, 3, 5]],
    ['never less than nothing', [aStep(20, hashOf(6)), aStep(50, null), aStep(100, null)], [null, 0, 3]],
    ['nothing once all are in', [aStep(100, EVERYBODY)], [null]],
  ])('%s', (_title, steps, expected) => {
    const rollout = aRollout({ steps })

    expect(expectSizes(rollout, hearWitnesses(rollout, facts([])))).toEqual(expected)
  })
})

test('failures are listed newest first, each with its kind, its step and when', () => {
  const known = facts(
    [anOutcome(0, 'rolled_back', 12), anOutcome(1, 'healthy'), anOutcome(2, 'failed', 14), anOutcome(3, 'installed', 3)],
    { 1: { releaseId: 're_2', health: 'unhealthy' } },
  )

  const failures = failuresOf(aRollout(), hearWitnesses(aRollout(), known))

  expect(failures.map(({ installation, kind, step, failedAt }) => [installation.name, kind, step, failedAt])).toEqual([
    ['till 1', 'degraded', 0, minutes(19)],
    ['till 2', 'failed', 1, minutes(14)],
    ['till 3', 'silent', 1, minutes(13)],
    ['till 0', 'rolled_back', 0, minutes(12)],
  ])
})

describe('what is next', () => {
  const verdict = (kind: Verdict['kind'], reason: Reason, until?: Date): Verdict => ({
    kind,
    reason,
    until,
    because: '',
    tally: NO_TALLY,
  })
  const baking = verdict('wait', { code: 'baking', values: {} }, minutes(30))
  const third = { step: 3, steps: 3, percent: 100 }

  test.each<[string, RolloutState, number, Verdict | undefined, object]>([
    [
      'the first step, at once',
      'running',
      0,
      undefined,
      { at: null, code: 'next_step', values: { step: 1, steps: 3, percent: 20 } },
    ],
    [
      'the next step, when this one has proved itself',
      'running',
      1,
      baking,
      { at: minutes(30), code: 'next_step', values: third },
    ],
    ['the end, when the last one has', 'running', 2, baking, { at: minutes(30), code: 'completes', values: {} }],
    [
      'silence counts, unless those that update speak',
      'running',
      1,
      verdict('wait', { code: 'still_updating', values: { pending: 2 } }, minutes(25)),
      { at: minutes(25), code: 'silence_counts', values: { pending: 2 } },
    ],
    [
      'whenever the first one reports',
      'running',
      1,
      verdict('wait', { code: 'no_reports_yet', values: { of: 3 } }),
      { at: null, code: 'first_report', values: { of: 3 } },
    ],
    ['the halt', 'running', 1, verdict('halt', { code: 'step_failed', values: {} }), { at: null, code: 'halts', values: {} }],
    ['a person resumes', 'paused', 1, undefined, { at: null, code: 'resume', values: {} }],
    ['nothing', 'halted', 1, undefined, { at: null, code: 'nothing', values: {} }],
  ])('%s', (_title, state, step, given, expected) => {
    expect(nextOf(aRollout({ state, step }), given)).toEqual(expected)
  })
})
