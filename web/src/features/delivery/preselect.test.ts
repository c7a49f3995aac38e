// What a new rollout begins with.
import { expect, test } from 'vitest'
import { preselect, preselectChannel } from './preselect.ts'

const releases = ['1.5.0-beta.3', '1.3.9', '1.4.2', '1.4.1'].map((version) => ({ version }))
const done = (channel: string, version: string, state = 'complete') => ({ channel, version, state })

test('a channel of finished releases begins with the newest finished one', () => {
  expect(preselect(releases, [done('beta', '1.5.0-beta.2'), done('stable', '1.4.1')], 'stable')?.version).toBe('1.4.2')
  expect(preselect(releases, [done('early', '1.4.1')], 'early')?.version).toBe('1.4.2')
})

test('stable takes no pre-release even before its first rollout, and after one', () => {
  expect(preselect(releases, [], 'stable')?.version).toBe('1.3.9')
  expect(preselect(releases, [done('stable', '1.4.0-rc.1')], 'stable')?.version).toBe('1.4.2')
})

test('a channel of pre-releases begins with the newest of all', () => {
  expect(preselect(releases, [done('beta', '1.5.0-beta.2')], 'beta')?.version).toBe('1.5.0-beta.3')
  expect(preselect(releases, [], 'beta')?.version).toBe('1.5.0-beta.3')
})

test('nothing older than the channel completed last; a rollout that was halted does not count', () => {
  expect(preselect(releases, [done('stable', '1.9.0', 'halted'), done('stable', '1.4.2')], 'stable')?.version).toBe('1.4.2')
  expect(preselect(releases, [done('stable', '2.0.0')], 'stable')).toBeUndefined()
})

test('a pre-release that was chosen does not begin on stable, a finished one does', () => {
  const channels = ['stable', 'early', 'beta'].map((name) => ({ name }))
  const past = [done('early', '1.4.1'), done('beta', '1.5.0-beta.2')]
  expect(preselectChannel(channels, past, '1.5.0-beta.3')?.name).toBe('beta')
  expect(preselectChannel(channels, [done('early', '1.4.1'), done('beta', '1.4.1')], '1.5.0-beta.3')?.name).toBe('early')
  expect(preselectChannel(channels, past, '1.4.2')?.name).toBe('stable')
  expect(preselectChannel(channels, past, undefined)?.name).toBe('stable')
  expect(preselectChannel([{ name: 'stable' }], past, '1.5.0-beta.3')?.name).toBe('stable')
})
