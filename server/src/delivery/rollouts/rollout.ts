// What a rollout is, and the rules it keeps; no input or output here.
import type { Release } from '../releases/release.ts'
import type { Tally } from './judge-step.ts'
import type { Reason } from './reason.ts'

export type RolloutState = 'running' | 'paused' | 'halted' | 'complete'

export interface Step {
  /** Of the channel's installations, all steps before included. */
  percent: number
  bakeSeconds: number
  /** Null until the step starts. */
  startedAt: string | null
  /** Hashes up to this one are in; null until the step starts. */
  threshold: string | null
  /** How many installations the step added when it started. */
  size: number | null
}

export interface Rollout {
  id: string
  productId: string
  channel: string
  releaseId: string
  salt: string
  state: RolloutState
  steps: Step[]
  /** Index of the step under way. */
  step: number
  /** An installation that took the release and says nothing for so long has failed. */
  silentAfterSeconds: number
  /** Why it is where it is, in a sentence. */
  because: string
  /** The same as a code; null where an older Fairway wrote it. */
  reason: Reason | null
  /** Of its last judgement. */
  tally: Tally
  /** Label of who started it, and of who or what ended it. */
  createdBy: string
  endedBy: string | null
  startedAt: Date
  /** Since when installations could speak: the start, or the end of the last pause. */
  listenedSince: Date
  endedAt: Date | null
}

export const DEFAULT_STEPS = [
  { percent: 5, bakeSeconds: 3600 },
  { percent: 25, bakeSeconds: 3600 },
  { percent: 50, bakeSeconds: 3600 },
  { percent: 100, bakeSeconds: 3600 },
]
export const DEFAULT_SILENT_AFTER_SECONDS = 1800

/** Why a plan cannot be followed, or undefined where it can. */
export function whyNotSteps(steps: { percent: number }[]) {
  const rises = steps.every((step, index) => index === 0 || step.percent > (steps[index - 1]?.percent ?? 0))
  if (!rises) return { code: 'rollout.steps_do_not_rise', detail: 'Each step needs a higher percentage than the one before.' }
  if (steps.at(-1)?.percent !== 100)
    return {
      code: 'rollout.steps_do_not_end',
      detail: 'The last step must be 100 percent, or some installations would never get it.',
    }
  return undefined
}

export function whyNotStart(
  release: Release,
  {
    unfinished,
    completedSequence,
    wasSentBack,
  }: { unfinished: Rollout | undefined; completedSequence: number; wasSentBack: boolean },
) {
  if (release.state !== 'published')
    return {
      code: 'rollout.release_not_published',
      detail: `${release.version} is ${release.state}: only a published release can be rolled out.`,
    }
  if ((release.sequence ?? 0) < completedSequence)
    return {
      code: 'rollout.release_is_older',
      detail: `${release.version} is older than what this channel has: nobody would be offered it.`,
    }
  if (wasSentBack)
    return {
      code: 'rollout.release_was_sent_back',
      detail: `Everybody on this channel was told to go back from ${release.version}. Publish a newer version.`,
    }
  if (unfinished)
    return {
      code: 'rollout.channel_is_busy',
      detail: `Rollout ${unfinished.id} is still ${unfinished.state} on this channel. Halt it first, or wait.`,
    }
  return undefined
}

/** Why nobody can be sent back from this rollout's release, or undefined where they can. */
export function whyNotRollBack(
  rollout: Rollout,
  {
    before,
    ordered,
  }: {
    before: { version: string } | undefined
    ordered: { rolloutId: string; channel: string; fromReleaseId: string; toReleaseId: string }[]
  },
) {
  const onChannel = ordered.filter(({ channel }) => channel === rollout.channel)
  if (onChannel.some(({ rolloutId, fromReleaseId }) => rolloutId === rollout.id || fromReleaseId === rollout.releaseId))
    return { code: 'rollout.rolled_back_already', detail: 'Everybody was told to go back already.' }
  if (!before)
    return {
      code: 'rollout.nothing_before',
      detail: `No rollout was ever completed on ${rollout.channel} before: there is nothing to go back to. Halt it, and publish a newer version.`,
    }
  return undefined
}

/** What a person may do to a rollout, and from which states. */
export const STEERING = {
  pause: { from: ['running'], to: 'paused' },
  resume: { from: ['paused'], to: 'running' },
  halt: { from: ['running', 'paused'], to: 'halted' },
} as const satisfies Record<string, { from: RolloutState[]; to: RolloutState }>
export type Steering = keyof typeof STEERING

export function whyNotSteer(rollout: Rollout, steering: Steering) {
  const allowed: readonly RolloutState[] = STEERING[steering].from
  return allowed.includes(rollout.state)
    ? undefined
    : { code: 'rollout.cannot', detail: `Rollout ${rollout.id} is ${rollout.state}: it cannot ${steering} now.` }
}
