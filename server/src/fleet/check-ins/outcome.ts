// How far a release came on an installation: which report replaces which.
import type { Outcome, OutcomeKind, Report } from '../installation.ts'

const ENDS = ['healthy', 'failed', 'rolled_back'] as const
export type End = (typeof ENDS)[number]

export function isEnd(kind: OutcomeKind): kind is End {
  return ENDS.some((end) => end === kind)
}

/**
 * The outcome after a report; the same object where it changes nothing.
 * Reports come in the order in which they happened, so the later one holds. But `downloaded` never replaces an end:
 * a new attempt begins to count when it installs. Each failure is a fact of its own; to be healthy again is no news.
 */
export function applyReport(before: Outcome | undefined, report: Report, told: { installationId: string; at: Date }): Outcome {
  const { kind, releaseId, reason } = report
  const fetched = report.fetched ?? before?.fetched
  const after = { ...told, releaseId, kind, reason, offeredAt: before?.offeredAt ?? told.at, ...(fetched && { fetched }) }
  if (!before) return after
  if (kind === 'downloaded' && isEnd(before.kind)) return before
  const isRepeated = before.kind === kind && kind !== 'failed' && kind !== 'rolled_back'
  return isRepeated ? before : after
}

export function offer(before: Outcome | undefined, offered: { installationId: string; releaseId: string; at: Date }): Outcome {
  return before ?? { ...offered, kind: 'offered', offeredAt: offered.at, reason: null }
}
