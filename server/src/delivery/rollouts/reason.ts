// Why a rollout is where it is: a code with its numbers for programs and screens, and the sentence for everybody else.
export const REASON_CODES = [
  // The judge: halt
  'too_many_failed',
  'too_many_of_step_failed',
  'step_failed',
  // The judge: wait
  'still_updating',
  'no_reports_yet',
  'baking',
  // The judge: advance
  'nobody_enrolled',
  'healthy_enough',
  // The walk
  'starting',
  'step_started',
  // A person, in words of their own
  'paused',
  'resumed',
  'halted_by_person',
  'release_withdrawn',
] as const
export type ReasonCode = (typeof REASON_CODES)[number]

/** `unrecorded`: an older Fairway wrote the sentence alone. */
export const VERDICT_CODES = [...REASON_CODES, 'unrecorded'] as const

export interface ReasonValues {
  failed?: number
  reported?: number
  of?: number
  pending?: number
  healthy?: number
  step?: number
  steps?: number
  percent?: number
  /** ISO 8601 */
  until?: string
}

export interface Reason {
  code: ReasonCode
  values: ReasonValues
}

/** What Fairway says by itself; a person's reason is what the person wrote. */
export function say({ code, values }: Reason): string {
  const { failed, reported, of, pending, healthy, step, steps, percent, until } = values
  switch (code) {
    case 'too_many_failed':
      return `${failed} of ${reported} installations that reported failed.`
    case 'too_many_of_step_failed':
      return `${failed} of ${reported} installations of this step that reported failed.`
    case 'step_failed':
      return of === 1 ? 'The only installation of this step failed.' : `All ${of} installations of this step failed.`
    case 'still_updating':
      return pending === 1 ? '1 installation is still updating.' : `${pending} installations are still updating.`
    case 'no_reports_yet':
      return 'No installation of this step has asked for it yet.'
    case 'baking':
      return `It proves itself until ${until}.`
    case 'nobody_enrolled':
      return 'No installation is enrolled here.'
    case 'healthy_enough':
      return `${healthy} of ${reported} that reported are healthy.`
    case 'starting':
      return 'It starts with the first step.'
    case 'step_started':
      return `Step ${step} of ${steps} goes to ${percent} percent.`
    default:
      return ''
  }
}
