import { expect, test } from 'vitest'
import { foldEvents } from './fold.ts'
import type { TimelineEvent } from './timeline-queries.ts'

function anEvent(id: string, name: string, body: Record<string, unknown>): TimelineEvent {
  const rest = { subject: id, subjectName: id, organisation: null, actor: null, occurredAt: '2026-11-16T12:00:00Z' }
  return { id, name, body, isFailure: false, ...rest }
}
const reported = (id: string, version: string, health = 'healthy') =>
  anEvent(id, 'fleet.installation_reported', { version, health, previous: { version: null, health: 'unknown' } })
const outcome = (id: string, kind = 'healthy') => anEvent(id, 'fleet.outcome_changed', { releaseId: 're_1', kind })
const published = (id: string) => anEvent(id, 'delivery.release_published', {})

const told = (events: TimelineEvent[]) =>
  foldEvents(events).map((line) =>
    line.kind === 'event' ? line.event.id : `${line.words.key} ${line.events.map(({ id }) => id).join('')}`,
  )

test.each<[string, TimelineEvent[], string[]]>([
  ['two are told one by one', [reported('a', '1'), reported('b', '1')], ['a', 'b']],
  ['three of the same are one line', [reported('a', '1'), reported('b', '1'), reported('c', '1')], ['reported_healthy abc']],
  [
    'others of the fleet may stand between them',
    [reported('a', '1'), outcome('b'), reported('c', '1'), outcome('d'), reported('e', '1'), outcome('f')],
    ['reported_healthy ace', 'outcome_healthy bdf'],
  ],
  [
    'what is not the same is not folded',
    [reported('a', '1'), reported('b', '2'), reported('c', '1', 'unhealthy')],
    ['a', 'b', 'c'],
  ],
  [
    'a change between them parts them: it may be the cause',
    [reported('a', '1'), reported('b', '1'), published('c'), reported('d', '1'), reported('e', '1')],
    ['a', 'b', 'c', 'd', 'e'],
  ],
])('%s', (_title, events, expected) => {
  expect(told(events)).toEqual(expected)
})
