// Which report replaces which, as a table.
import { expect, test } from 'vitest'
import { OUTCOME_KINDS, type Outcome, type OutcomeKind, type Report, type ReportKind } from '../installation.ts'
import { applyReport, offer } from './outcome.ts'

const START = new Date('2026-11-23T10:00:00Z')
const LATER = new Date('2026-11-23T10:05:00Z')

function anOutcome(kind: OutcomeKind): Outcome {
  return { installationId: 'in_1', releaseId: 're_1', kind, offeredAt: START, at: START, reason: 'before' }
}

function aReport(kind: ReportKind): Report {
  return { reportId: 'r', releaseId: 're_1', kind, version: '1.0.0', reason: 'after' }
}

/** Rows: what was; columns: what is reported. `=`: nothing changes at all; else the kind that holds now. */
const TABLE: Record<OutcomeKind, Record<ReportKind, OutcomeKind | '='>> = {
  offered: { downloaded: 'downloaded', installed: 'installed', healthy: 'healthy', failed: 'failed', rolled_back: 'rolled_back' },
  downloaded: { downloaded: '=', installed: 'installed', healthy: 'healthy', failed: 'failed', rolled_back: 'rolled_back' },
  installed: { downloaded: 'downloaded', installed: '=', healthy: 'healthy', failed: 'failed', rolled_back: 'rolled_back' },
  healthy: { downloaded: '=', installed: 'installed', healthy: '=', failed: 'failed', rolled_back: 'rolled_back' },
  failed: { downloaded: '=', installed: 'installed', healthy: 'healthy', failed: 'failed', rolled_back: 'rolled_back' },
  rolled_back: { downloaded: '=', installed: 'installed', healthy: 'healthy', failed: 'failed', rolled_back: 'rolled_back' },
}

const cases = Object.entries(TABLE).flatMap(([was, row]) =>
  Object.entries(row).map(([told, then]) => [was as OutcomeKind, told as ReportKind, then] as const),
)

test.each(cases)('%s, then a report of %s: %s', (was, told, then) => {
  const before = anOutcome(was)

  const after = applyReport(before, aReport(told), { installationId: 'in_1', at: LATER })

  if (then === '=') expect(after).toBe(before)
  else expect(after).toEqual({ ...before, kind: then, at: LATER, reason: 'after' })
})

test('a report about a release that was never offered counts as offered at that moment', () => {
  const after = applyReport(undefined, aReport('healthy'), { installationId: 'in_1', at: LATER })

  expect(after).toEqual({
    installationId: 'in_1',
    releaseId: 're_1',
    kind: 'healthy',
    offeredAt: LATER,
    at: LATER,
    reason: 'after',
  })
})

test.each(OUTCOME_KINDS)('a second offer changes nothing about %s', (kind) => {
  const before = anOutcome(kind)

  expect(offer(before, { installationId: 'in_1', releaseId: 're_1', at: LATER })).toBe(before)
})
