// What is known of a rollout's cohorts, as the judge wants to hear it.
import type { Installation, Outcome } from '#fleet'
import { cohortHash } from './cohort.ts'
import { judgeStep, type Verdict, type Witness } from './judge-step.ts'
import type { Rollout, Step } from './rollout.ts'

export interface KnownFacts {
  installations: Installation[]
  outcomes: Outcome[]
  now: Date
  /** Since when Fairway listens: what installations wanted to say before is not their silence. */
  upSince: Date
}

/** One installation of the cohorts, with what the screens say of it. */
export interface KnownWitness extends Witness {
  installation: Installation
  /** Index of the step that added it. */
  step: number
  reason: string | null
}

/** The facts with the witnesses drawn from them: hashing ten thousand ids takes a while, so it is done once. */
export interface Heard extends KnownFacts {
  witnesses: KnownWitness[]
}

export function hearWitnesses<Facts extends KnownFacts>(rollout: Rollout, facts: Facts): Facts & Heard {
  return { ...facts, witnesses: witnessesOf(rollout, facts) }
}

/** The verdict on a step that has started; also what the screens show. */
export function judge(rollout: Rollout, step: Step, facts: Heard): Verdict {
  return judgeStep(facts.witnesses, {
    ...hearingOf(rollout, facts),
    startedAt: new Date(step.startedAt ?? facts.now),
    bakeMs: step.bakeSeconds * 1000,
  })
}

/** When silence of who took the release becomes failure. */
export function hearingOf(rollout: Rollout, { now, upSince }: KnownFacts) {
  return {
    listenedSince: rollout.listenedSince > upSince ? rollout.listenedSince : upSince,
    silentAfterMs: rollout.silentAfterSeconds * 1000,
    now,
  }
}

function witnessesOf(rollout: Rollout, { installations, outcomes }: KnownFacts): KnownWitness[] {
  // What was told in an earlier rollout of the same release was judged then.
  const known = new Map(outcomes.filter(({ at }) => at >= rollout.startedAt).map((outcome) => [outcome.installationId, outcome]))
  return installations.flatMap((installation) => {
    const step = stepOf(rollout, installation.id)
    if (step === -1) return []
    const outcome = known.get(installation.id)
    return {
      installation,
      step,
      isNew: step === rollout.step,
      outcome: outcomeOf(rollout, installation, outcome),
      offeredAt: outcome?.offeredAt ?? null,
      at: outcome?.at ?? null,
      reason: outcome?.reason ?? null,
    }
  })
}

/** Index of the first step whose cohort holds the installation; -1 while none does. */
function stepOf({ salt, steps }: Rollout, installationId: string) {
  const hash = cohortHash(salt, installationId)
  return steps.findIndex(({ threshold }) => threshold !== null && hash <= threshold)
}

function outcomeOf(rollout: Rollout, installation: Installation, outcome: Outcome | undefined): Witness['outcome'] {
  const runsIt = installation.releaseId === rollout.releaseId
  // A rollout that has ended is what it came to: what happened to its installations since is not its doing.
  const isUnhealthy = runsIt && installation.health === 'unhealthy' && rollout.endedAt === null
  if (isUnhealthy && (outcome?.kind === 'healthy' || !outcome)) return 'degraded'
  // It had the release before this rollout began, for example by another channel.
  if (!outcome && runsIt && installation.health === 'healthy') return 'healthy'
  return outcome?.kind ?? 'not_seen'
}
