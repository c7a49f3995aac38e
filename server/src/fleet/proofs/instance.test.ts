// Which run of an agent speaks, as tables.
import { expect, test } from 'vitest'
import { isSuperseded, takeOver } from './instance.ts'

const SINCE = new Date('2026-11-23T10:00:00Z')
const NOW = new Date('2026-11-23T11:00:00Z')

test.each([
  ['the first run', null, null, [], 'a', { instance: 'a', instanceSince: NOW, supersededInstances: [] }],
  ['the same run', 'a', SINCE, ['z'], 'a', { instance: 'a', instanceSince: SINCE, supersededInstances: ['z'] }],
  ['a restart', 'a', SINCE, ['z'], 'b', { instance: 'b', instanceSince: NOW, supersededInstances: ['z', 'a'] }],
  ['a replaced run that came back', 'b', SINCE, ['a'], 'a', { instance: 'a', instanceSince: NOW, supersededInstances: ['b'] }],
])('%s takes over', (_what, instance, instanceSince, supersededInstances, speaking, then) => {
  expect(takeOver({ instance, instanceSince, supersededInstances }, { instance: speaking, at: NOW })).toEqual(then)
})

test('twenty replaced runs are remembered', () => {
  let runs = { instance: null as string | null, instanceSince: null as Date | null, supersededInstances: [] as string[] }

  for (let place = 0; place < 30; place++) runs = takeOver(runs, { instance: `run-${place}`, at: NOW })

  expect(runs.supersededInstances).toEqual(Array.from({ length: 20 }, (_, place) => `run-${place + 9}`))
})

test.each([
  ['the current run', 'b', NOW, false],
  ['a replaced run', 'a', NOW, true],
  ['a replaced run, in words from before it was replaced', 'a', new Date(SINCE.getTime() - 1), false],
  ['a run that we never met', 'c', NOW, false],
])('%s is superseded: %s, %o → %s', (_what, instance, at, superseded) => {
  expect(isSuperseded({ instance: 'b', instanceSince: SINCE, supersededInstances: ['a'] }, { instance, at })).toBe(superseded)
})
