// How far each step has come: of the installations that this step added, how many stand where. No input or output.
import { SILENT_AFTER_MS } from '#fleet'
import { standingOf } from './judge-step.ts'
import type { Rollout } from './rollout.ts'
import { type Heard, hearingOf, type KnownWitness } from './witnesses.ts'

export interface StepTally {
  healthy: number
  updating: number
  /** Heard lately, but it has not been offered the release yet: its next check-in is due, or something holds it. */
  waiting: number
  /** Not heard for as long as fleet calls silent. */
  silent: number
  /** Went back, could not take it, is not healthy any more, or took it and fell silent. */
  failed: number
}

/** One for each step; null for those that have not started. */
export function tallySteps(rollout: Rollout, facts: Heard): (StepTally | null)[] {
  const byStep = Map.groupBy(facts.witnesses, ({ step }) => step)
  return rollout.steps.map(({ threshold }, index) => {
    if (threshold === null) return null
    const tally: StepTally = { healthy: 0, updating: 0, waiting: 0, silent: 0, failed: 0 }
    for (const witness of byStep.get(index) ?? []) tally[placeOf(witness, rollout, facts)] += 1
    return tally
  })
}

function placeOf(witness: KnownWitness, rollout: Rollout, facts: Heard): keyof StepTally {
  const standing = standingOf(witness, hearingOf(rollout, facts))
  if (standing === 'pending') return 'updating'
  if (standing !== 'notSeen') return standing
  const { lastSeenAt } = witness.installation
  return lastSeenAt && facts.now.getTime() - lastSeenAt.getTime() <= SILENT_AFTER_MS ? 'waiting' : 'silent'
}

/** How many installations each step that has not started would add, if it began now; null for those that have. */
export function expectSizes({ steps }: Rollout, { installations, witnesses }: Heard): (number | null)[] {
  let reached = witnesses.length
  return steps.map(({ percent, threshold }) => {
    if (threshold !== null) return null
    const goal = Math.max(reached, Math.ceil((percent * installations.length) / 100))
    const added = goal - reached
    reached = goal
    return added
  })
}
