// The report that complains, among all that an installation sent.
import { expect, test } from 'vitest'
import { complaintOf } from './complaint.ts'

type Kind = 'downloaded' | 'installed' | 'healthy' | 'failed' | 'rolled_back'

const told = (...kinds: Kind[]) =>
  kinds.map((kind, place) => ({
    reportId: `${place} ${kind}`,
    releaseId: 're_1',
    kind,
    version: '1.0.0',
    reason: 'Disk full.',
    receivedAt: '2026-11-16T12:00:00Z',
  }))

test.each<[Kind[], string | undefined]>([
  [['rolled_back', 'failed', 'healthy'], '0 rolled_back'],
  [['installed', 'downloaded', 'failed'], '2 failed'],
  [['healthy', 'failed'], undefined],
  [[], undefined],
])('of %j, newest first, it is %s', (kinds, reportId) => {
  expect(complaintOf(told(...kinds))?.reportId).toBe(reportId)
})
