// Folds repeated facts into one line: "38 installations reported 1.4.2, healthy".
import type { TimelineEvent } from './timeline-queries.ts'

/** Fewer are told one by one. */
const FEWEST = 3

export interface Fold {
  kind: 'fold'
  /** Names what is repeated, with the values of its sentence. */
  words: FoldedWords
  /** Newest first. */
  events: TimelineEvent[]
}
export type Line = { kind: 'event'; event: TimelineEvent } | Fold

export interface FoldedWords {
  key:
    | `reported_${'healthy' | 'unhealthy' | 'unknown'}`
    | `outcome_${'healthy' | 'failed' | 'rolled_back'}`
    | 'enrolled'
    | 'enrolment_created'
  version?: string | undefined
  releaseId?: string | undefined
}

/** @param events newest first. Only what stands together is folded: nothing else happened in between. */
export function foldEvents(events: TimelineEvent[]): Line[] {
  const lines: Line[] = []
  for (let at = 0; at < events.length;) {
    const end = endOfRun(events, at)
    lines.push(...foldRun(events.slice(at, end)))
    at = end
  }
  return lines
}

/** Behind the last of the events from there on that can be folded at all; one, where it cannot. */
function endOfRun(events: TimelineEvent[], from: number) {
  let end = from
  while (end < events.length && wordsOf(events[end]!) !== undefined) end++
  return Math.max(end, from + 1)
}

function foldRun(events: TimelineEvent[]): Line[] {
  const groups = Map.groupBy(events, (event) => JSON.stringify(wordsOf(event) ?? event.id))
  return events.flatMap((event): Line[] => {
    const words = wordsOf(event)
    const group = groups.get(JSON.stringify(words ?? event.id)) ?? []
    if (words === undefined || group.length < FEWEST) return [{ kind: 'event', event }]
    // The newest stands for all.
    return group[0] === event ? [{ kind: 'fold', words, events: group }] : []
  })
}

function wordsOf({ name, body }: TimelineEvent): FoldedWords | undefined {
  const { version, health, kind, releaseId } = body as Record<string, unknown>
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined)
  if (name === 'fleet.installation_reported' && isOneOf(['healthy', 'unhealthy', 'unknown'], health))
    return health === 'unknown' && version === null
      ? { key: 'reported_unknown' }
      : { key: `reported_${health}`, version: text(version) }
  if (name === 'fleet.outcome_changed' && isOneOf(['healthy', 'failed', 'rolled_back'], kind))
    return { key: `outcome_${kind}`, releaseId: text(releaseId) }
  if (name === 'fleet.installation_enrolled') return { key: 'enrolled' }
  if (name === 'fleet.enrolment_created') return { key: 'enrolment_created' }
  return undefined
}

function isOneOf<const Word extends string>(words: readonly Word[], value: unknown): value is Word {
  return words.some((word) => word === value)
}
