import { describe, expect, test } from 'vitest'
import { judgeStep, type Witness } from './judge-step.ts'

const startedAt = new Date('2026-11-23T10:00:00Z')
const minutes = (count: number) => new Date(startedAt.getTime() + count * 60_000)

/** A step of an hour's proof, silence after thirty minutes. */
function judgeAt(minute: number, witnesses: Witness[], listenedSince = startedAt) {
  return judgeStep(witnesses, { startedAt, bakeMs: 3_600_000, silentAfterMs: 1_800_000, listenedSince, now: minutes(minute) })
}

function some(count: number, outcome: Witness['outcome'], { isNew = true, atMinute = 1 } = {}): Witness[] {
  const seen = outcome !== 'not_seen'
  return Array.from({ length: count }, () => ({
    isNew,
    outcome,
    offeredAt: seen ? startedAt : null,
    at: seen ? minutes(atMinute) : null,
  }))
}

describe('a step halts', () => {
  test.each([
    ['the only installation of a step failed', some(1, 'failed')],
    [
      'all of a step of four failed, however many were healthy before',
      [...some(4, 'rolled_back'), ...some(90, 'healthy', { isNew: false })],
    ],
    ['two of nine that reported failed', [...some(2, 'failed'), ...some(7, 'healthy')]],
    [
      'all of a large step failed, though they are few of all',
      [...some(120, 'rolled_back'), ...some(500, 'healthy', { isNew: false })],
    ],
    ['two are not healthy any more', [...some(2, 'degraded'), ...some(5, 'healthy')]],
    [
      'the sixth of a step that was slow to fail',
      [...some(1, 'failed'), ...some(1, 'failed', { atMinute: 50 }), ...some(4, 'healthy')],
    ],
  ])('when %s', (_title, witnesses) => {
    expect(judgeAt(2, witnesses).kind).toBe('halt')
  })

  test('when two took it and then fell silent', () => {
    const witnesses = [...some(1, 'offered'), ...some(1, 'installed'), ...some(3, 'healthy')]

    expect(judgeAt(30, witnesses)).toMatchObject({ kind: 'wait', tally: { pending: 2 } })
    expect(judgeAt(31, witnesses)).toMatchObject({ kind: 'halt', tally: { failed: 2 } })
  })
})

describe('a step waits', () => {
  test('while an installation is updating, until it would be silent', () => {
    expect(judgeAt(2, [...some(1, 'downloaded'), ...some(9, 'healthy')])).toMatchObject({ kind: 'wait', until: minutes(31) })
  })

  test('while nobody has asked: no data is not success', () => {
    expect(judgeAt(600, some(7, 'not_seen'))).toMatchObject({ kind: 'wait', until: undefined })
  })

  test('while nobody of this step has reported, however healthy those before are', () => {
    expect(judgeAt(600, [...some(9, 'not_seen'), ...some(40, 'healthy', { isNew: false })])).toMatchObject({ kind: 'wait' })
  })

  test('for who could not speak: silence counts from the end of a pause, or of our own absence', () => {
    const witnesses = some(5, 'offered')

    expect(judgeAt(100, witnesses, minutes(90)).kind).toBe('wait')
    expect(judgeAt(121, witnesses, minutes(90)).kind).toBe('halt')
  })

  test('for its bake time, counted from the first healthy report', () => {
    expect(judgeAt(60, some(5, 'healthy', { atMinute: 3 }))).toMatchObject({ kind: 'wait', until: minutes(63) })
  })
})

describe('a step advances', () => {
  test.each([
    ['all are healthy and the bake time is over', some(5, 'healthy')],
    ['one of ten failed: that is not more than two, and not more than a fifth', [...some(1, 'failed'), ...some(9, 'healthy')]],
    ['two of ten failed: exactly a fifth', [...some(2, 'failed'), ...some(8, 'healthy')]],
    ['some are switched off', [...some(40, 'not_seen'), ...some(2, 'healthy')]],
    ['one of four failed', [...some(1, 'failed'), ...some(3, 'healthy')]],
    ['nobody is enrolled', []],
  ])('when %s', (_title, witnesses) => {
    expect(judgeAt(61, witnesses).kind).toBe('advance')
  })
})

describe('why, as a code with its numbers', () => {
  test.each<[string, Witness[], number, object]>([
    ['too_many_failed', [...some(2, 'failed'), ...some(7, 'healthy')], 2, { failed: 2, reported: 9 }],
    [
      'too_many_of_step_failed',
      [...some(120, 'rolled_back'), ...some(500, 'healthy', { isNew: false })],
      2,
      { failed: 120, reported: 120 },
    ],
    ['step_failed', [...some(1, 'failed'), ...some(90, 'healthy', { isNew: false })], 2, { failed: 1, of: 1 }],
    ['still_updating', [...some(3, 'offered'), ...some(1, 'healthy')], 2, { pending: 3 }],
    ['no_reports_yet', some(7, 'not_seen'), 2, { of: 7 }],
    ['baking', some(5, 'healthy', { atMinute: 3 }), 60, { until: minutes(63).toISOString() }],
    ['nobody_enrolled', [], 61, {}],
    ['healthy_enough', [...some(1, 'failed'), ...some(9, 'healthy')], 61, { healthy: 9, reported: 10 }],
  ])('%s', (code, witnesses, minute, values) => {
    const verdict = judgeAt(minute, witnesses)

    expect(verdict.reason).toEqual({ code, values })
    expect(verdict.because).not.toMatch(/^$|undefined/)
  })
})
