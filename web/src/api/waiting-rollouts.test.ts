import { expect, test } from 'vitest'
import { waitingRollouts } from './waiting-rollouts.ts'

const aRollout = (id: string, state: 'running' | 'paused' | 'halted' | 'complete', channel = 'stable') => ({
  id,
  state,
  channel,
  productId: 'till',
})

test.each([
  ['a halted one waits', [aRollout('a', 'halted')], ['a']],
  ['not once a newer one goes to its channel', [aRollout('b', 'complete'), aRollout('a', 'halted')], []],
  ['on another channel it still does', [aRollout('b', 'running', 'beta'), aRollout('a', 'halted')], ['a']],
  ['a paused one always waits', [aRollout('b', 'paused'), aRollout('a', 'complete')], ['b']],
  ['what goes on or ended well does not', [aRollout('b', 'running', 'beta'), aRollout('a', 'complete')], []],
])('%s', (_title, rollouts, expected) => {
  expect(waitingRollouts(rollouts).map(({ id }) => id)).toEqual(expected)
})
