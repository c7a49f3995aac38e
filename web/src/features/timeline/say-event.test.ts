import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadWords, startWords, words } from '#words'
import { timeline } from '../../words/en/timeline.ts'
import { sayEvent } from './say-event.ts'
import type { TimelineEvent } from './timeline-queries.ts'

const MODULES = ['delivery', 'fleet', 'identity', 'portal']

function announced() {
  return MODULES.flatMap((module) => {
    const text = readFileSync(new URL(`../../../../server/src/${module}/events.ts`, import.meta.url), 'utf8')
    return [...text.matchAll(/^ {4}'([a-z]+\.[a-z_]+)':/gm)].map(([, name]) => name!)
  })
}

function wordsAt(key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>(
      (at, part) => (typeof at === 'object' && at !== null ? at[part as keyof typeof at] : undefined),
      timeline.said,
    )
}

function anEvent(name: string, body: Record<string, unknown>, more: Partial<TimelineEvent> = {}): TimelineEvent {
  const rest = { id: 'ev_1', subject: 'in_1', subjectName: 'till 1', organisation: null, actor: null, isFailure: false }
  return { ...rest, name, body, occurredAt: '2026-11-16T12:00:00Z', ...more }
}

test('every event that the server announces has its sentence', () => {
  const names = announced()

  expect(names.length).toBeGreaterThan(40)
  expect(names.filter((name) => wordsAt(name) === undefined)).toEqual([])
})

test.each([
  ['fleet.installation_reported', { version: '2', health: 'healthy', previous: { version: '1', health: 'healthy' } }],
  ['fleet.installation_reported', { version: '2', health: 'healthy', previous: { version: null, health: 'unknown' } }],
  ['fleet.installation_reported', { version: '2', health: 'unhealthy', previous: { version: '2', health: 'healthy' } }],
  ['fleet.installation_reported', { version: null, health: 'unknown', previous: { version: null, health: 'healthy' } }],
  ['fleet.outcome_changed', { releaseId: 're_1', kind: 'rolled_back', reason: null }],
  ['delivery.rollout_halted', { byItself: true, because: 'x' }],
  ['portal.inquiry_answered', { by: 'staff' }],
  ['portal.inquiry_assigned', { assigneeId: null }],
  ['portal.inquiry_linked', { knownErrorId: 'KE-1' }],
  ['portal.inquiry_closed', { by: 'itself', version: '2' }],
  ['portal.inquiry_reopened', { by: 'itself', because: 'went_back', installationId: 'in_1' }],
  ['portal.inquiry_reopened', { by: 'itself' }],
  ['portal.inquiry_reopened', { by: 'person' }],
])('%s as %j leads to words', (name, body) => {
  expect(typeof wordsAt(sayEvent(anEvent(name, body), {}, '*').key)).toBe('string')
})

test('things in the body stand there with their names', () => {
  const event = anEvent('portal.inquiry_assigned', { assigneeId: 'pe_1' }, { subject: 'INQ-1', subjectName: 'No bread' })

  expect(sayEvent(event, { pe_1: 'Support B' }, '*').values).toMatchObject({
    title: 'No bread',
    assignee: 'Support B',
    thing: '*',
  })
})

test.each([
  [1, '1 installation'],
  [2, '2 installations'],
])('a step to %i is a step to %s', async (size, said) => {
  startWords()
  await loadWords(['timeline'])
  const event = anEvent('delivery.rollout_step_started', { step: 1, percent: 5, size })
  const { key, values } = sayEvent(event, {}, 'Till 1.2')

  expect(key).toBe('delivery.rollout_step_started')
  expect(words.t('timeline.said.delivery.rollout_step_started', values as never)).toBe(
    `The rollout of Till 1.2 went to step 1: 5 %, ${said}`,
  )
})
