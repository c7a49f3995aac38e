// The halting rule of a rollout in numbers for people: how many more failures would end it now. No input or output.
export interface HaltLimits {
  minFailed: number
  maxFailedShare: number
  smallStep: number
}

export interface Reports {
  healthy: number
  failed: number
  /** Those that could still fail: they update, or have not asked yet. */
  open: number
}

/**
 * As the server judges: of all reports, and of the step alone. Undefined where even all that are open could not halt it.
 * @param size how many the step added
 */
export function failuresUntilHalt(limits: HaltLimits, all: Reports, step: Reports & { size: number }) {
  for (let more = 1; more <= step.open; more += 1) {
    if (isTooMany(limits, all, more) || isTooMany(limits, step, more)) return more
    if (step.size < limits.smallStep && step.failed + more === step.size) return more
  }
  return undefined
}

function isTooMany({ minFailed, maxFailedShare }: HaltLimits, { healthy, failed }: Reports, more: number) {
  const bad = failed + more
  return bad >= minFailed && bad > maxFailedShare * (healthy + bad)
}
