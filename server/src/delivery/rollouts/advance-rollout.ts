// The one transition of a rollout: judges the step under way, then starts the next one, waits, completes or halts.
import { actorLabel, SYSTEM } from '#identity'
import type { Installation, Outcome } from '#fleet'
import { after } from '#platform/clock'
import type { Tx } from '#platform/db'
import { announce } from '#platform/events'
import type { Claim } from '#platform/loops'
import type { DeliveryDeps } from '../deps.ts'
import { findRelease } from '../releases/release-store.ts'
import { cohortHash, isInCohort, thresholdOf } from './cohort.ts'
import { judgeStep, type Verdict, type Witness } from './judge-step.ts'
import type { Rollout, Step } from './rollout.ts'
import { findRollout, lockClaimed, saveTransition } from './rollout-store.ts'
import { announceHalt, factOf } from './steer-rollout.ts'

/** Looks again at the latest after this time, whatever the judge expects: installations come and go. */
const LOOK_AGAIN_MS = 30_000

interface Facts {
  installations: Installation[]
  outcomes: Outcome[]
  version: string
  now: Date
}

export async function advanceRollout({ db, clock, fleet }: Pick<DeliveryDeps, 'db' | 'clock' | 'fleet'>, claim: Claim) {
  const found = await findRollout(db, claim.id)
  const release = found && (await findRelease(db, found.releaseId))
  if (!found || !release) return
  // Asked before the transaction: no row is held while another module thinks.
  const installations = (await fleet.listInstallations(found)).filter((one) => one.state === 'active')
  const outcomes = await fleet.listOutcomes(found.releaseId)
  const facts = { installations, outcomes, version: release.version, now: clock.now() }

  await db.transaction().execute(async (tx) => {
    const rollout = await lockClaimed(tx, claim)
    if (rollout?.state !== 'running') return
    const current = rollout.steps[rollout.step]
    if (!current?.startedAt) return startStep(tx, rollout, { facts, index: rollout.step })
    const verdict = judge(rollout, current, facts)
    if (verdict.kind === 'halt') return halt(tx, rollout, { facts, because: verdict.because })
    if (verdict.kind === 'wait') return wait(tx, rollout, { facts, verdict })
    if (rollout.step + 1 < rollout.steps.length) return startStep(tx, rollout, { facts, index: rollout.step + 1 })
    return complete(tx, rollout, { facts, because: verdict.because })
  })
}

/** The verdict on a step that has started; also what the screens show. */
export function judge(
  rollout: Rollout,
  step: Step,
  { installations, outcomes, now }: Pick<Facts, 'installations' | 'outcomes' | 'now'>,
): Verdict {
  return judgeStep(witnessesOf(rollout, { installations, outcomes }), {
    startedAt: new Date(step.startedAt ?? now),
    bakeMs: step.bakeSeconds * 1000,
    silentAfterMs: rollout.silentAfterSeconds * 1000,
    now,
  })
}

export function witnessesOf(rollout: Rollout, { installations, outcomes }: Pick<Facts, 'installations' | 'outcomes'>): Witness[] {
  const threshold = rollout.steps[rollout.step]?.threshold ?? null
  const before = rollout.steps[rollout.step - 1]?.threshold ?? null
  const known = new Map(outcomes.map((outcome) => [outcome.installationId, outcome]))
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
  if (runsIt && installation.health === 'unhealthy' && outcome?.kind === 'healthy') return 'degraded'
  // It had the release before this rollout began, for example by another channel.
  if (!outcome && runsIt && installation.health === 'healthy') return 'healthy'
  return outcome?.kind ?? 'not_seen'
}

async function startStep(tx: Tx, rollout: Rollout, { facts, index }: { facts: Facts; index: number }) {
  const before = rollout.steps[index - 1]?.threshold ?? null
  const ids = facts.installations.map((installation) => installation.id)
  const { percent = 100 } = rollout.steps[index] ?? {}
  const threshold = thresholdOf({ salt: rollout.salt, installationIds: ids, percent, before })
  const size = ids.filter((id) => isInCohort(rollout.salt, id, threshold) && !isInCohort(rollout.salt, id, before)).length
  const steps = rollout.steps.map((step, at) =>
    at === index ? { ...step, startedAt: facts.now.toISOString(), threshold, size } : step,
  )
  const because = `Step ${index + 1} of ${steps.length} goes to ${percent} percent.`
  await saveTransition(tx, rollout.id, {
    state: 'running',
    steps,
    step: index,
    because,
    endedAt: null,
    nextAt: after(facts.now, size === 0 ? 0 : LOOK_AGAIN_MS),
  })
  await announce(tx, {
    name: 'delivery.rollout_step_started',
    ...byItself(rollout, facts),
    body: { ...factOf(rollout, facts.version), step: index + 1, percent, size },
  })
}

async function wait(tx: Tx, rollout: Rollout, { facts, verdict }: { facts: Facts; verdict: Extract<Verdict, { kind: 'wait' }> }) {
  const latest = after(facts.now, LOOK_AGAIN_MS)
  const nextAt = verdict.until && verdict.until < latest ? verdict.until : latest
  await saveTransition(tx, rollout.id, { ...rollout, state: 'running', because: verdict.because, endedAt: null, nextAt })
}

async function halt(tx: Tx, rollout: Rollout, { facts, because }: { facts: Facts; because: string }) {
  await saveTransition(tx, rollout.id, { ...rollout, state: 'halted', because, endedAt: facts.now, nextAt: null })
  await announceHalt(tx, rollout, { actor: actorLabel(SYSTEM), because, byItself: true, version: facts.version, at: facts.now })
}

async function complete(tx: Tx, rollout: Rollout, { facts, because }: { facts: Facts; because: string }) {
  await saveTransition(tx, rollout.id, { ...rollout, state: 'complete', because, endedAt: facts.now, nextAt: null })
  await announce(tx, { name: 'delivery.rollout_completed', ...byItself(rollout, facts), body: factOf(rollout, facts.version) })
}

function byItself(rollout: Rollout, { now }: Facts) {
  return { subject: rollout.id, actor: actorLabel(SYSTEM), occurredAt: now }
}
