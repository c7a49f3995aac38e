// How far a rollout is: its steps added up, and how far each has come. Pure.
import type { Share } from '#ui'
import { failuresUntilHalt } from './harm.ts'
import type { RolloutDetails } from './queries.ts'

export type StepTally = NonNullable<RolloutDetails['steps'][number]['tally']>
export type Place = keyof StepTally

/** In the order of the bar: what is good first, what failed last. */
export const PLACES = ['healthy', 'updating', 'waiting', 'silent', 'failed'] as const satisfies Place[]
export const SHARE_OF = {
  healthy: 'new',
  updating: 'move',
  waiting: 'wait',
  silent: 'sil',
  failed: 'bad',
} as const satisfies Record<Place, Share>

const NOTHING: StepTally = { healthy: 0, updating: 0, waiting: 0, silent: 0, failed: 0 }

export function reachedOf(tally: StepTally) {
  return PLACES.reduce((sum, place) => sum + tally[place], 0)
}

export function openOf({ updating, waiting, silent }: StepTally) {
  return updating + waiting + silent
}

export function reportedOf({ healthy, failed }: StepTally) {
  return healthy + failed
}

export function currentStep({ steps, step }: RolloutDetails) {
  return steps[step - 1]
}

/** All that it reached, and how many are still to come. */
export function totalsOf({ steps }: Pick<RolloutDetails, 'steps'>) {
  const all = steps.reduce((sum, { tally }) => add(sum, tally ?? NOTHING), NOTHING)
  const toCome = steps.reduce((sum, { expectedSize }) => sum + (expectedSize ?? 0), 0)
  const reached = reachedOf(all)
  return { ...all, reached, reported: reportedOf(all), open: openOf(all), toCome, total: reached + toCome }
}

/** How many more failures in this step would halt it; undefined where none could. */
export function moreToHalt(rollout: RolloutDetails) {
  const tally = currentStep(rollout)?.tally
  if (!tally) return undefined
  return failuresUntilHalt(rollout.limits, totalsOf(rollout), { ...tally, open: openOf(tally), size: reachedOf(tally) })
}

/** How it is shown: a rollout that only waits for time is proving. */
export function shownState({ state, verdict }: Pick<RolloutDetails, 'state' | 'verdict'>) {
  return state === 'running' && verdict.code === 'baking' ? 'proving' : state
}

/** Where a step stands; the words of the step under way are those of the rollout. */
export function stateOfStep(rollout: RolloutDetails, index: number) {
  const current = rollout.step - 1
  if (rollout.state === 'complete' || index < current) return 'done'
  if (index > current || rollout.steps[index]?.startedAt === null)
    return rollout.state === 'halted' && index === current ? 'halted' : 'to_do'
  const state = shownState(rollout)
  return state === 'complete' ? 'done' : state
}

/** When the next one began, or the rollout ended. */
export function endOfStep({ steps, endedAt }: RolloutDetails, index: number) {
  return steps[index + 1]?.startedAt ?? endedAt
}

function add(a: StepTally, b: StepTally): StepTally {
  return {
    healthy: a.healthy + b.healthy,
    updating: a.updating + b.updating,
    waiting: a.waiting + b.waiting,
    silent: a.silent + b.silent,
    failed: a.failed + b.failed,
  }
}
