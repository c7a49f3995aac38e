// What happens next with a rollout, and when: the same answer for everybody who asks. No input or output.
import type { Verdict } from './judge-step.ts'
import type { ReasonValues } from './reason.ts'
import type { Rollout } from './rollout.ts'

/** `silence_counts`: who took the release and says nothing will count as failed. */
export const NEXT_CODES = ['next_step', 'completes', 'silence_counts', 'first_report', 'halts', 'resume', 'nothing'] as const

export interface Next {
  /** Null where it depends on what installations or people do. */
  at: Date | null
  code: (typeof NEXT_CODES)[number]
  values: ReasonValues
}

/** @param verdict of the step under way; undefined where there is none to judge */
export function nextOf(rollout: Rollout, verdict: Verdict | undefined): Next {
  if (rollout.state === 'paused') return { at: null, code: 'resume', values: {} }
  if (rollout.state !== 'running') return { at: null, code: 'nothing', values: {} }
  if (!verdict) return { at: null, ...stepAt(rollout, rollout.step) }
  const { kind, reason, until = null } = verdict
  if (kind === 'halt') return { at: null, code: 'halts', values: {} }
  if (reason.code === 'no_reports_yet') return { at: null, code: 'first_report', values: reason.values }
  if (reason.code === 'still_updating') return { at: until, code: 'silence_counts', values: reason.values }
  return { at: until, ...stepAt(rollout, rollout.step + 1) }
}

function stepAt({ steps }: Rollout, index: number): Pick<Next, 'code' | 'values'> {
  const step = steps[index]
  if (!step) return { code: 'completes', values: {} }
  return { code: 'next_step', values: { step: index + 1, steps: steps.length, percent: step.percent } }
}
