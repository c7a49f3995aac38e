// Reports become attempts: one entry of the history for each update that was tried.
import { expect, test } from 'vitest'
import { attemptsOf } from './attempts.ts'

type Kind = 'downloaded' | 'installed' | 'healthy' | 'failed' | 'rolled_back'

/** Told in the order in which they happened; the server lists the newest first. */
function told(...reports: [releaseId: string, kind: Kind, version: string | null, reason?: string][]) {
  return reports
    .map(([releaseId, kind, version, reason = null as never], at) => ({
      reportId: `report ${at}`,
      releaseId,
      kind,
      version,
      reason: reason as string | null,
      receivedAt: new Date(at * 1000).toISOString(),
    }))
    .toReversed()
}

test('an update that went well is one entry, with what ran before it', () => {
  const attempts = attemptsOf(told(['re_1', 'downloaded', '1.0.0'], ['re_1', 'installed', '1.1.0'], ['re_1', 'healthy', '1.1.0']))

  expect(attempts).toEqual([
    {
      key: 'report 0',
      releaseId: 're_1',
      from: '1.0.0',
      end: 'healthy',
      reason: null,
      at: '1970-01-01T00:00:02.000Z',
      tookMs: 2000,
    },
  ])
})

test('one that went back keeps its reason, and the next try is an entry of its own', () => {
  const attempts = attemptsOf(
    told(
      ['re_1', 'downloaded', '1.0.0'],
      ['re_1', 'installed', '1.1.0'],
      ['re_1', 'failed', '1.1.0', 'disk full'],
      ['re_1', 'rolled_back', '1.0.0'],
      ['re_1', 'downloaded', '1.0.0'],
      ['re_1', 'installed', '1.1.0'],
    ),
  )

  expect(attempts.map(({ end, reason }) => [end, reason])).toEqual([
    ['under_way', null],
    ['rolled_back', 'disk full'],
  ])
})

test('what fails after it was healthy is an entry of its own, with nothing to say of what ran before', () => {
  const attempts = attemptsOf(
    told(['re_1', 'downloaded', null], ['re_1', 'healthy', '1.1.0'], ['re_1', 'healthy', '1.1.0'], ['re_1', 'failed', '1.1.0']),
  )

  expect(attempts.map(({ end, from }) => [end, from])).toEqual([
    ['failed', null],
    ['healthy', null],
  ])
})

test('a page that begins in the middle of an update shows what it has', () => {
  expect(
    attemptsOf(told(['re_1', 'healthy', '1.1.0'], ['re_2', 'downloaded', '1.1.0'])).map(({ releaseId, end }) => [releaseId, end]),
  ).toEqual([
    ['re_2', 'under_way'],
    ['re_1', 'healthy'],
  ])
})

test('one that was begun anew without an end is two entries', () => {
  const attempts = attemptsOf(
    told(
      ['re_1', 'downloaded', '1.0.0'],
      ['re_1', 'downloaded', '1.0.0'],
      ['re_1', 'installed', '1.1.0'],
      ['re_1', 'healthy', '1.1.0'],
    ),
  )

  expect(attempts.map(({ end }) => end)).toEqual(['healthy', 'under_way'])
})
