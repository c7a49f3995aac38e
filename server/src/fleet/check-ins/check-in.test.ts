// What a check-in changes, as tables.
import { expect, test } from 'vitest'
import type { CheckIn, Installation } from '../installation.ts'
import { applyCheckIn, isNews, refuse } from './check-in.ts'

const SINCE = new Date('2026-11-23T10:00:00Z')
const NOW = new Date('2026-11-23T11:00:00Z')

const running: Installation = {
  id: 'in_1',
  organisationId: 'or_1',
  productId: 'till',
  channel: 'stable',
  name: 'till-3',
  platform: 'linux',
  arch: 'x64',
  state: 'active',
  version: '1.0.0',
  releaseId: 're_1',
  health: 'healthy',
  healthySince: SINCE,
  refusedReleaseIds: ['re_0'],
  copiedAt: null,
  enrolledAt: SINCE,
  lastSeenAt: null,
}
const same: CheckIn = {
  version: '1.0.0',
  releaseId: 're_1',
  health: 'healthy',
  platform: 'linux',
  arch: 'x64',
  refused: ['re_0'],
}

test.each<[string, Partial<CheckIn>, boolean]>([
  ['the same', {}, false],
  ['fewer refusals than we know', { refused: [] }, false],
  ['another version', { version: '1.1.0' }, true],
  ['no version', { version: null }, true],
  ['another release', { releaseId: 're_2' }, true],
  ['another health', { health: 'unhealthy' }, true],
  ['another platform', { platform: 'darwin' }, true],
  ['another architecture', { arch: 'arm64' }, true],
  ['one more refusal', { refused: ['re_0', 're_9'] }, true],
])('%s is news: %o → %s', (_what, difference, news) => {
  expect(isNews(running, { ...same, ...difference })).toBe(news)
})

test.each<[string, Partial<Installation>, Partial<CheckIn>, Date | null]>([
  ['stays healthy', {}, {}, SINCE],
  ['becomes healthy', { health: 'unhealthy', healthySince: null }, {}, NOW],
  ['is healthy on another version', {}, { version: '1.1.0', releaseId: 're_2' }, NOW],
  ['is healthy on another build of the version', {}, { releaseId: 're_2' }, NOW],
  ['becomes unhealthy', {}, { health: 'unhealthy' }, null],
  ['nobody knows', {}, { health: 'unknown' }, null],
])('healthy since, where it %s', (_what, before, difference, since) => {
  expect(applyCheckIn({ ...running, ...before }, { ...same, ...difference }, NOW).healthySince).toEqual(since)
})

test('what was refused once stays refused, in order, each once, two hundred at most', () => {
  const many = Array.from({ length: 250 }, (_, place) => `re_${place}`)

  expect(refuse(['re_1'], [])).toEqual(['re_1'])
  expect(refuse(['re_1', 're_2'], ['re_2', 're_3', 're_3'])).toEqual(['re_1', 're_2', 're_3'])
  expect(refuse([], many)).toEqual(many.slice(50))
})
