// Judges a step: go on, wait, or halt. One pure function, so that a better judge can take its place.
import { after } from '#platform/clock'
import { type Reason, say } from './reason.ts'

/** What is known of one installation of the cohort, with this release. */
export interface Witness {
  /** Added by the step under way, not by one before. */
  isNew: boolean
  /** `not_seen`: it has not asked since it is in. `degraded`: it was healthy with the release and is not any more. */
  outcome: 'not_seen' | 'offered' | 'downloaded' | 'installed' | 'healthy' | 'degraded' | 'failed' | 'rolled_back'
  /** When the release was first offered to it. */
  offeredAt: Date | null
  /** When the outcome became true. */
  at: Date | null
}

export interface StepUnderWay {
  startedAt: Date
  /** Silence counts from here at the earliest: before it, nobody could speak, or nobody listened. */
  listenedSince: Date
  bakeMs: number
  silentAfterMs: number
  now: Date
}

export interface Tally {
  members: number
  healthy: number
  failed: number
  pending: number
  notSeen: number
}

/** Before the first judgement. */
export const NO_TALLY: Tally = { members: 0, healthy: 0, failed: 0, pending: 0, notSeen: 0 }

export interface Verdict {
  kind: 'advance' | 'wait' | 'halt'
  tally: Tally
  reason: Reason
  because: string
  /** When waiting ends by itself, where that is known. */
  until: Date | undefined
}

/** When it halts; the screens show these numbers. */
export const LIMITS = { maxFailedShare: 0.2, minFailed: 2, smallStep: 5 }

/**
 * Halts when at least two failed and that is more than 20 % of those that reported (of all, or of the step alone),
 * or when all of a step of fewer than five failed.
 * Silence past the limit is failure. No report at all is never success: somebody of the step must have reported.
 * What has not been seen since it is in (switched off, on a ship) does not hold the others up.
 */
export function judgeStep(witnesses: Witness[], step: StepUnderWay): Verdict {
  const tally = tallyOf(witnesses, step)
  const added = witnesses.filter((witness) => witness.isNew)
  const ofStep = tallyOf(added, step)
  const verdict = (kind: Verdict['kind'], reason: Reason, until?: Date): Verdict => ({
    kind,
    tally,
    reason,
    because: say(reason),
    until,
  })

  const harm = whyHalt(tally, ofStep)
  if (harm) return verdict('halt', harm)
  const { members, healthy, pending } = tally
  if (pending > 0) return verdict('wait', { code: 'still_updating', values: { pending } }, nextSilence(witnesses, step))
  if (added.length > 0 && reportedOf(ofStep) === 0)
    return verdict('wait', { code: 'no_reports_yet', values: { of: added.length } })
  const baked = after(bakesSince(witnesses, step), step.bakeMs)
  if (baked > step.now) return verdict('wait', { code: 'baking', values: { until: baked.toISOString() } }, baked)
  if (members === 0) return verdict('advance', { code: 'nobody_enrolled', values: {} })
  return verdict('advance', { code: 'healthy_enough', values: { healthy, reported: reportedOf(tally) } })
}

function whyHalt(tally: Tally, ofStep: Tally): Reason | undefined {
  const numbers = (of: Tally) => ({ failed: of.failed, reported: reportedOf(of) })
  if (isTooMany(tally)) return { code: 'too_many_failed', values: numbers(tally) }
  // Also of the step alone: many healthy ones before it must not hide that it fails.
  if (isTooMany(ofStep)) return { code: 'too_many_of_step_failed', values: numbers(ofStep) }
  const { members, failed } = ofStep
  const isSmall = members > 0 && members < LIMITS.smallStep
  return isSmall && failed === members ? { code: 'step_failed', values: { failed, of: members } } : undefined
}

function isTooMany(tally: Tally) {
  return tally.failed >= LIMITS.minFailed && tally.failed > LIMITS.maxFailedShare * reportedOf(tally)
}

function reportedOf({ healthy, failed }: Tally) {
  return healthy + failed
}

function tallyOf(witnesses: Witness[], step: StepUnderWay): Tally {
  const standings = witnesses.map((witness) => standingOf(witness, step))
  const count = (one: Standing) => standings.filter((standing) => standing === one).length
  return {
    members: witnesses.length,
    healthy: count('healthy'),
    failed: count('failed'),
    pending: count('pending'),
    notSeen: count('notSeen'),
  }
}

export type Standing = 'healthy' | 'failed' | 'pending' | 'notSeen'

/** What the judge takes an installation for; silence past the limit is failure. */
export function standingOf(witness: Witness, step: Pick<StepUnderWay, 'silentAfterMs' | 'listenedSince' | 'now'>): Standing {
  const { outcome } = witness
  if (outcome === 'healthy') return 'healthy'
  if (outcome === 'not_seen') return 'notSeen'
  if (!isUnderWay(witness)) return 'failed'
  return (silentAt(witness, step)?.getTime() ?? Infinity) <= step.now.getTime() ? 'failed' : 'pending'
}

export function isUnderWay({ outcome }: Witness) {
  return outcome === 'offered' || outcome === 'downloaded' || outcome === 'installed'
}

/** When the silence of one that is under way becomes failure. */
export function silentAt(
  { at, offeredAt }: Witness,
  { silentAfterMs, listenedSince }: Pick<StepUnderWay, 'silentAfterMs' | 'listenedSince'>,
) {
  const last = at ?? offeredAt
  return last ? after(last > listenedSince ? last : listenedSince, silentAfterMs) : undefined
}

function nextSilence(witnesses: Witness[], step: StepUnderWay) {
  const ends = witnesses.filter((witness) => isUnderWay(witness)).map((witness) => silentAt(witness, step)?.getTime() ?? Infinity)
  const next = Math.min(...ends.filter((end) => end > step.now.getTime()))
  return Number.isFinite(next) ? new Date(next) : undefined
}

/** The bake time counts from the first healthy report of the step: before it, nothing was proved. */
function bakesSince(witnesses: Witness[], { startedAt }: StepUnderWay) {
  const healthy = witnesses
    .filter((witness) => witness.isNew && witness.outcome === 'healthy' && witness.at)
    .map((witness) => witness.at?.getTime() ?? 0)
  return healthy.length > 0 ? new Date(Math.max(startedAt.getTime(), Math.min(...healthy))) : startedAt
}
