// How far a rollout is, added up from its steps, and how each step is shown.
import { expect, test } from 'vitest'
import { moreToHalt, shownState, stateOfStep, totalsOf } from './progress.ts'
import type { RolloutDetails } from './queries.ts'

const tally = (healthy: number, failed = 0, updating = 0, waiting = 0, silent = 0) => ({
  healthy,
  failed,
  updating,
  waiting,
  silent,
})
const started = { percent: 25, bakeSeconds: 60, startedAt: '2026-11-12T17:10:00.000Z' }
const toCome = { percent: 100, bakeSeconds: 60, startedAt: null, size: null, tally: null }

function rollout(change: Partial<RolloutDetails>): RolloutDetails {
  return {
    id: 'ro_1',
    productId: 'till',
    product: { id: 'till', name: 'Till' },
    channel: 'stable',
    releaseId: 're_1',
    version: '1.4.2',
    state: 'running',
    because: '',
    step: 1,
    silentAfterSeconds: 1800,
    tally: { members: 0, healthy: 0, failed: 0, pending: 0, notSeen: 0 },
    startedAt: started.startedAt,
    endedAt: null,
    rollback: null,
    goesBackTo: null,
    startedBy: null,
    endedBy: null,
    verdict: { kind: 'wait', code: 'still_updating', values: {}, text: '' },
    next: { at: null, code: 'silence_counts', values: {} },
    limits: { minFailed: 2, maxFailedShare: 0.2, smallStep: 5 },
    steps: [
      { ...started, size: 10, tally: tally(6, 1, 2, 1), expectedSize: null },
      { ...toCome, expectedSize: 30 },
    ],
    ...change,
  }
}

test('all steps added up, and what is still to come', () => {
  expect(totalsOf(rollout({}))).toMatchObject({ healthy: 6, failed: 1, reached: 10, reported: 7, open: 3, toCome: 30, total: 40 })
})

test('how many more failures would halt it, as things stand', () => {
  // 2 of 8 are a quarter.
  expect(moreToHalt(rollout({}))).toBe(1)
})

test('a rollout that only waits for time is proving; the step under way, too', () => {
  const baking = rollout({ verdict: { kind: 'wait', code: 'baking', values: {}, text: '' } })
  expect(shownState(baking)).toBe('proving')
  expect([0, 1].map((index) => stateOfStep(baking, index))).toEqual(['proving', 'to_do'])
  expect([0, 1].map((index) => stateOfStep(rollout({}), index))).toEqual(['running', 'to_do'])
})

test('where it stopped, the step says so; what was never reached was never started', () => {
  const halted = rollout({ state: 'halted', verdict: { kind: 'ended', code: 'too_many_failed', values: {}, text: '' } })
  expect([0, 1].map((index) => stateOfStep(halted, index))).toEqual(['halted', 'to_do'])
  const paused = rollout({ state: 'paused', step: 2 })
  expect(stateOfStep(paused, 0)).toBe('done')
})

test('of what is complete every step is done', () => {
  const complete = rollout({ state: 'complete', step: 2 })
  expect([0, 1].map((index) => stateOfStep(complete, index))).toEqual(['done', 'done'])
})
