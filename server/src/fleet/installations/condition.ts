// How an installation is, in one word: a rule without input or output, judged whenever somebody looks.
import type { Health, InstallationState, Outcome } from '../installation.ts'

/** In the order of need: what a person should look at first stands first. */
export const CONDITIONS = ['failing', 'degraded', 'silent', 'updating', 'never', 'healthy'] as const
export type Condition = (typeof CONDITIONS)[number]

/** Installations ask each minute; fifteen unheard minutes are no hiccup of a network. */
export const SILENT_AFTER_MS = 15 * 60_000
/** What takes longer than this to update has stopped doing so. */
export const UPDATING_FOR_MS = 30 * 60_000
/** For how long a failed update is worth a look where the version before runs on in health. */
export const DEGRADED_FOR_MS = 24 * 3_600_000

export const UNDER_WAY = ['offered', 'downloaded', 'installed'] as const
export const FAILED = ['failed', 'rolled_back'] as const

export interface ConditionFacts {
  state: InstallationState
  health: Health
  lastSeenAt: Date | null
  /** Of all its outcomes the one that changed last. */
  newest: Pick<Outcome, 'kind' | 'at'> | null
}

/** Null where it is retired or revoked: nobody judges what does not count. (`condition-queries.ts` says the same in SQL; a story compares them.) */
export function conditionOf({ state, health, lastSeenAt, newest }: ConditionFacts, now: Date): Condition | null {
  if (state !== 'active') return null
  // What it told is written at once, when it was heard some seconds later.
  if (!lastSeenAt && health === 'unknown') return 'never'
  if (lastSeenAt && age(lastSeenAt, now) > SILENT_AFTER_MS) return 'silent'
  if (health === 'unhealthy') return 'failing'
  if (isOneOf(UNDER_WAY, newest) && age(newest.at, now) <= UPDATING_FOR_MS) return 'updating'
  // An agent that runs nothing knows no health: its first release failed, or it has not had one yet.
  if (health === 'unknown') return isOneOf(FAILED, newest) ? 'failing' : 'never'
  return isOneOf(FAILED, newest) && age(newest.at, now) <= DEGRADED_FOR_MS ? 'degraded' : 'healthy'
}

function isOneOf(kinds: readonly string[], newest: ConditionFacts['newest']): newest is NonNullable<ConditionFacts['newest']> {
  return newest !== null && kinds.includes(newest.kind)
}

function age(since: Date, now: Date) {
  return now.getTime() - since.getTime()
}
