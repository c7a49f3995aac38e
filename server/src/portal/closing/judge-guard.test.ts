// What happens to an inquiry in the week after it closed by itself, as a table.
import { expect, test } from 'vitest'
import { after } from '#platform/clock'
import { type GuardQuestion, judgeGuard } from './judge-guard.ts'
import type { Current } from './judge-inquiry.ts'

const NOW = new Date('2026-11-23T12:00:00.000Z')
const UNTIL = after(NOW, 86_400_000)

function judge(wish: Partial<Current> = {}, question: Partial<GuardQuestion> = {}) {
  return judgeGuard({
    now: NOW,
    guardUntil: UNTIL,
    fixes: [{ releaseId: 're_fix', version: '1.1.1', sequence: 3 }],
    sequences: new Map([
      ['1.0.0', 1],
      ['1.1.1', 3],
      ['1.2.0', 4],
    ]),
    proof: [
      {
        installationId: 'in_3',
        name: 'till-3',
        version: '1.2.0',
        fixReleaseId: 're_fix',
        fixVersion: '1.1.1',
        healthySince: NOW,
      },
    ],
    installations: [
      {
        id: 'in_3',
        name: 'till-3',
        state: 'active',
        version: '1.2.0',
        health: 'healthy',
        healthySince: NOW,
        lastSeenAt: NOW,
        enrolledAt: NOW,
        ...wish,
      },
    ],
    ...question,
  })
}

test.each<[string, Partial<Current>]>([
  ['it runs on, healthy', {}],
  ['nobody knows how it is for a moment', { health: 'unknown', healthySince: null }],
  ['it runs a later version', { version: '1.3.0' }],
  ['it went back, but to a version with the fix', { version: '1.1.1' }],
  ['it was retired', { state: 'retired', health: 'unhealthy' }],
  ['it runs nothing', { version: null, health: 'unknown' }],
])('stays closed while %s', (_title, wish) => {
  expect(judge(wish)).toEqual({ kind: 'holds', nextAt: UNTIL })
})

test('reopens when it turns unhealthy', () => {
  expect(judge({ health: 'unhealthy' })).toEqual({
    kind: 'broken',
    because: 'unhealthy',
    installationId: 'in_3',
    name: 'till-3',
    version: '1.2.0',
  })
})

test('reopens when it returns to a version without the fix', () => {
  expect(judge({ version: '1.0.0' })).toMatchObject({ kind: 'broken', because: 'went_back', version: '1.0.0' })
})

test('a fix that is withdrawn later reopens nothing while the installation keeps it', () => {
  expect(judge({}, { fixes: [] }).kind).toBe('holds')
})

test('is over when the time has passed, whatever happens then', () => {
  expect(judge({ health: 'unhealthy' }, { guardUntil: NOW })).toEqual({ kind: 'over' })
})
