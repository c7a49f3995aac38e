// What is known of a rollout's cohort, as the judge wants to hear it.
import type { Installation, Outcome } from '#fleet'
import { cohortHash, isInCohort } from './cohort.ts'
import { judgeStep, type Verdict, type Witness } from './judge-step.ts'
import type { Rollout, Step } from './rollout.ts'

export interface KnownFacts {
  installations: Installation[]
  outcomes: Outcome[]
  now: Date
  /** Since when Fairway listens: what installations wanted to say before is not their silence. */
  upSince: Date
}

/** The verdict on a step that has started; also what the screens show. */
export function judge(rollout: Rollout, step: Step, facts: KnownFacts): Verdict {
  const { now, upSince } = facts
  return judgeStep(witnessesOf(rollout, facts), {
    startedAt: new Date(step.startedAt ?? now),
    listenedSince: rollout.listenedSince > upSince ? rollout.listenedSince : upSince,
    bakeMs: step.bakeSeconds * 1000,
    silentAfterMs: rollout.silentAfterSeconds * 1000,
    now,
  })
}

function witnessesOf(rollout: Rollout, { installations, outcomes }: KnownFacts): Witness[] {
  const threshold = rollout.steps[rollout.step]?.threshold ?? null
  const before = rollout.steps[rollout.step - 1]?.threshold ?? null
  // What was told in an earlier rollout of the same release was judged then.
  const known = new Map(outcomes.filter(({ at }) => at >= rollout.startedAt).map((outcome) => [outcome.installationId, outcome]))
  return installations
    .filter((installation) => isInCohort(rollout.salt, installation.id, threshold))
    .map((installation) => {
      const outcome = known.get(installation.id)
      const isNew = before === null || cohortHash(rollout.salt, installation.id) > before
      return {
        isNew,
        outcome: outcomeOf(installation, outcome, rollout.releaseId),
        offeredAt: outcome?.offeredAt ?? null,
        at: outcome?.at ?? null,
      }
    })
}

function outcomeOf(installation: Installation, outcome: Outcome | undefined, releaseId: string): Witness['outcome'] {
  const runsIt = installation.releaseId === releaseId
  if (runsIt && installation.health === 'unhealthy' && (outcome?.kind === 'healthy' || !outcome)) return 'degraded'
  // It had the release before this rollout began, for example by another channel.
  if (!outcome && runsIt && installation.health === 'healthy') return 'healthy'
  return outcome?.kind ?? 'not_seen'
}
