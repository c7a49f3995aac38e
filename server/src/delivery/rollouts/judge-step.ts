// Judges a step: go on, wait, or halt. One pure function, so that a better judge can take its place.
import { after } from '#platform/clock'

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

export type Verdict =
  | { kind: 'advance'; tally: Tally; because: string }
  | { kind: 'wait'; tally: Tally; because: string; until: Date | undefined }
  | { kind: 'halt'; tally: Tally; because: string }

const MAX_FAILED_SHARE = 0.2
const MIN_FAILED = 2
const SMALL_STEP = 5

/**
 * Halts when at least two failed and that is more than 20 % of those that reported (of all, or of the step alone),
 * or when all of a step of fewer than five failed.
 * Silence past the limit is failure. No report at all is never success: somebody of the step must have reported.
 * What has not been seen since it is in (switched off, on a ship) does not hold the others up.
 */
export function judgeStep(witnesses: Witness[], step: StepUnderWay): Verdict {
  const tally = tallyOf(witnesses, step)
  const { members, healthy, failed, pending } = tally
  const added = witnesses.filter((witness) => witness.isNew)
  const ofStep = tallyOf(added, step)
  const addedFailed = ofStep.failed
  const addedReported = ofStep.healthy + ofStep.failed
  if (isTooMany(failed, healthy + failed)) {
    return { kind: 'halt', tally, because: `${failed} of ${healthy + failed} installations that reported failed.` }
  }
  // Also of the step alone: many healthy ones before it must not hide that it fails.
  if (isTooMany(addedFailed, addedReported)) {
    return { kind: 'halt', tally, because: `${addedFailed} of ${addedReported} installations of this step that reported failed.` }
  }
  if (added.length > 0 && added.length < SMALL_STEP && addedFailed === added.length) {
    return {
      kind: 'halt',
      tally,
      because:
        added.length === 1
          ? 'The only installation of this step failed.'
          : `All ${added.length} installations of this step failed.`,
    }
  }
  if (pending > 0)
    return { kind: 'wait', tally, because: `${pending} installations are still updating.`, until: nextSilence(witnesses, step) }
  if (added.length > 0 && addedReported === 0)
    return { kind: 'wait', tally, because: 'No installation of this step has asked for it yet.', until: undefined }
  const baked = after(bakesSince(witnesses, step), step.bakeMs)
  if (baked > step.now) return { kind: 'wait', tally, because: `It proves itself until ${baked.toISOString()}.`, until: baked }
  return {
    kind: 'advance',
    tally,
    because: members === 0 ? 'No installation is enrolled here.' : `${healthy} of ${healthy + failed} that reported are healthy.`,
  }
}

function isTooMany(failed: number, reported: number) {
  return failed >= MIN_FAILED && failed > MAX_FAILED_SHARE * reported
}

function tallyOf(witnesses: Witness[], step: StepUnderWay): Tally {
  const count = (test: (witness: Witness) => boolean) => witnesses.filter(test).length
  return {
    members: witnesses.length,
    healthy: count(({ outcome }) => outcome === 'healthy'),
    failed: count((witness) => hasFailed(witness, step)),
    pending: count((witness) => isUnderWay(witness) && !hasFailed(witness, step)),
    notSeen: count(({ outcome }) => outcome === 'not_seen'),
  }
}

function isUnderWay({ outcome }: Witness) {
  return outcome === 'offered' || outcome === 'downloaded' || outcome === 'installed'
}

function hasFailed(witness: Witness, step: StepUnderWay) {
  if (isUnderWay(witness)) return (silentAt(witness, step)?.getTime() ?? Infinity) <= step.now.getTime()
  return witness.outcome === 'failed' || witness.outcome === 'rolled_back' || witness.outcome === 'degraded'
}

function silentAt({ at, offeredAt }: Witness, { silentAfterMs, listenedSince }: StepUnderWay) {
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
