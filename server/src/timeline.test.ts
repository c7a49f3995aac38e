// The rules of the timeline as tables: what failed, what is named, and how a subject is called.
import { expect, test } from 'vitest'
import type { EventName } from '#platform/events'
import { idsIn, isFailure, kindOf, subjectName } from './timeline.ts'

test.each<[EventName, object, boolean]>([
  ['fleet.outcome_changed', { kind: 'failed' }, true],
  ['fleet.outcome_changed', { kind: 'rolled_back' }, true],
  ['fleet.outcome_changed', { kind: 'healthy' }, false],
  ['fleet.installation_reported', { health: 'unhealthy' }, true],
  ['fleet.installation_reported', { health: 'healthy' }, false],
  ['fleet.installation_copied', {}, true],
  ['delivery.rollout_halted', { because: 'too many failed' }, true],
  ['delivery.rollout_completed', {}, false],
  ['portal.inquiry_reopened', { by: 'itself' }, true],
  ['portal.inquiry_closed', { by: 'itself' }, false],
])('%s %j is a failure: %s', (name, body, expected) => {
  expect(isFailure({ name, body })).toBe(expected)
})

test.each([
  ['pe_1', 'person'],
  ['org_1', 'organisation'],
  ['in_1', 'installation'],
  ['INQ-1001', 'inquiry'],
  ['KE-101', 'known_error'],
  ['re_1', undefined],
  ['system', undefined],
  ['constructor_1', undefined],
  ['', undefined],
])('%j names a thing of the kind %s', (id, kind) => {
  expect(kindOf(id)).toBe(kind)
})

test('an event names its subject, who did it, and the ids in its body; of a long list the first', () => {
  const many = Array.from({ length: 50 }, (_, at) => `in_${at}`)
  const event = {
    name: 'portal.inquiry_closed' as const,
    subject: 'INQ-1',
    actor: 'pe_1',
    organisationId: 'org_1',
    body: { knownErrorId: 'KE-1', by: 'person', installationIds: many, step: 2, previous: { version: 'in_x' } },
  }

  expect(idsIn(event)).toEqual(['INQ-1', 'pe_1', 'org_1', 'KE-1', ...many.slice(0, 20)])
})

const NAMES = new Map([
  ['in_1', 'till-3'],
  ['till', 'Till'],
])

test.each<[string, object, string | null]>([
  ['in_1', {}, 'till-3'],
  ['re_1', { productId: 'till', version: '1.4.2' }, 'Till 1.4.2'],
  ['ro_1', { productId: 'scale', version: '2.0.0' }, 'scale 2.0.0'],
  ['till', { productId: 'till', changed: [] }, 'Till'],
  ['en_1', { name: 'till-9' }, 'till-9'],
  ['tk_1', { tokenId: 'tk_1' }, null],
])('the subject %s with %j is called %s', (subject, body, expected) => {
  expect(subjectName({ subject, body }, NAMES)).toBe(expected)
})
