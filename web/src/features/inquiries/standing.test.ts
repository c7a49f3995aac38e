// Where an inquiry stands, by its status and by what the server says it waits for.
import { describe, expect, it } from 'vitest'
import { hasWay, situationOf, type Situation } from './standing.ts'

const fix = (because: string) => ({ because, version: '1.1.0', waitsFor: [] })

describe('where an inquiry stands', () => {
  it.each<[Situation, Parameters<typeof situationOf>[0]]>([
    ['new', { status: 'new', kind: 'incident_report', fix: null }],
    ['searching', { status: 'with_us', kind: 'incident_report', fix: null }],
    ['answering', { status: 'with_us', kind: 'question', fix: null }],
    ['waits', { status: 'waits_for_customer', kind: 'incident_report', fix: fix('not_installed') }],
    ['making_fix', { status: 'with_us', kind: 'incident_report', fix: fix('no_fix') }],
    ['installing', { status: 'fix_on_its_way', kind: 'incident_report', fix: fix('not_installed') }],
    ['nobody_reports', { status: 'fix_on_its_way', kind: 'incident_report', fix: fix('nobody_reports') }],
    ['unhealthy', { status: 'fix_on_its_way', kind: 'incident_report', fix: fix('not_healthy') }],
    ['proving', { status: 'reopened', kind: 'incident_report', fix: fix('healthy_before_reopening') }],
    ['reopened', { status: 'reopened', kind: 'question', fix: null }],
    ['answering', { status: 'with_us', kind: 'service_request', fix: fix('nothing_to_fix') }],
    ['making_fix', { status: 'with_us', kind: 'incident_report', fix: fix('a reason of tomorrow') }],
    ['solved', { status: 'closed', kind: 'question', fix: null }],
    ['proven', { status: 'closed_by_itself', kind: 'incident_report', fix: null }],
  ])('%s', (situation, inquiry) => {
    expect(situationOf(inquiry)).toBe(situation)
  })
})

describe('the way from report to proof', () => {
  const station = (state: 'done' | 'to_come') => [{ station: 'cause' as const, state, at: null, version: null, detail: null }]

  it('is shown where a fault is looked for or its cause is known', () => {
    expect(hasWay({ status: 'new', kind: 'incident_report', stations: station('to_come') })).toBe(true)
    expect(hasWay({ status: 'closed', kind: 'question', stations: station('done') })).toBe(true)
  })

  it('is not shown for questions, and for what a person closed without a cause', () => {
    expect(hasWay({ status: 'with_us', kind: 'question', stations: station('to_come') })).toBe(false)
    expect(hasWay({ status: 'closed', kind: 'incident_report', stations: station('to_come') })).toBe(false)
  })
})
