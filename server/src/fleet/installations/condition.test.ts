import { describe, expect, test } from 'vitest'
import type { OutcomeKind } from '../installation.ts'
import { type ConditionFacts, conditionOf } from './condition.ts'

const now = new Date('2026-11-30T12:00:00Z')
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const newest = (kind: OutcomeKind, minutes = 1) => ({ kind, at: minutesAgo(minutes) })

function conditionWith(change: Partial<ConditionFacts>) {
  return conditionOf({ state: 'active', health: 'healthy', lastSeenAt: minutesAgo(1), newest: null, ...change }, now)
}

describe('the condition of an installation', () => {
  test.each<[string, Partial<ConditionFacts>, ReturnType<typeof conditionOf>]>([
    ['heard lately and healthy', {}, 'healthy'],
    ['healthy with the newest release', { newest: newest('healthy') }, 'healthy'],
    ['never heard', { lastSeenAt: null, health: 'unknown' }, 'never'],
    ['just heard for the first time, the time of it not written yet', { lastSeenAt: null }, 'healthy'],
    ['heard, but nothing runs there yet', { health: 'unknown' }, 'never'],
    ['unheard for exactly the limit', { lastSeenAt: minutesAgo(15) }, 'healthy'],
    ['unheard for longer', { lastSeenAt: minutesAgo(15.01) }, 'silent'],
    ['unheard, whatever it told last', { lastSeenAt: minutesAgo(16), health: 'unhealthy', newest: newest('failed') }, 'silent'],
    ['unhealthy', { health: 'unhealthy' }, 'failing'],
    [
      'unhealthy while a release is offered: broken until it is not',
      { health: 'unhealthy', newest: newest('offered') },
      'failing',
    ],
    ['nothing runs since the first release failed', { health: 'unknown', newest: newest('rolled_back', 9000) }, 'failing'],
    ['offered a release', { newest: newest('offered') }, 'updating'],
    ['fetching it', { newest: newest('downloaded', 29) }, 'updating'],
    ['starting it', { newest: newest('installed') }, 'updating'],
    ['getting its first release', { health: 'unknown', newest: newest('downloaded') }, 'updating'],
    ['updating for too long to be believed', { newest: newest('downloaded', 31) }, 'healthy'],
    ['went back and runs on in health', { newest: newest('rolled_back', 23 * 60) }, 'degraded'],
    ['could not take the release', { newest: newest('failed') }, 'degraded'],
    ['went back long ago', { newest: newest('rolled_back', 25 * 60) }, 'healthy'],
    ['retired', { state: 'retired', health: 'unhealthy' }, null],
    ['revoked', { state: 'revoked', lastSeenAt: null }, null],
  ])('%s', (_title, facts, expected) => {
    expect(conditionWith(facts)).toBe(expected)
  })
})
