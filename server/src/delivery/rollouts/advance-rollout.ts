// The one transition of a rollout: judges the step under way, then starts the next one, waits, completes or halts.
import { actorLabel, SYSTEM } from '#identity'
import { after } from '#platform/clock'
import type { Tx } from '#platform/db'
import { announce } from '#platform/events'
import type { Claim } from '#platform/loops'
import type { RolloutDeps } from '../deps.ts'
import { findRelease } from '../releases/release-store.ts'
import { isInCohort, thresholdOf } from './cohort.ts'
import type { Verdict } from './judge-step.ts'
import { type Reason, say } from './reason.ts'
import type { Rollout } from './rollout.ts'
import { findRollout, lockClaimed, saveTransition } from './rollout-store.ts'
import { announceHalt, factOf } from './steer-rollout.ts'
import { hearWitnesses, judge, type KnownFacts } from './witnesses.ts'

/** Looks again at the latest after this time, whatever the judge expects: installations come and go. */
const LOOK_AGAIN_MS = 30_000

interface Facts extends KnownFacts {
  version: string
}

interface Judged {
  facts: Facts
  verdict: Verdict
}

export async function advanceRollout({ db, clock, fleet, upSince }: RolloutDeps, claim: Claim) {
  const found = await findRollout(db, claim.id)
  const release = found && (await findRelease(db, found.releaseId))
  if (!found || !release) return
  // Asked before the transaction: no row is held while another module thinks.
  const installations = (await fleet.listInstallations(found)).filter((one) => one.state === 'active')
  const outcomes = await fleet.listOutcomes(found.releaseId)
  const facts = { installations, outcomes, version: release.version, now: clock.now(), upSince }

  await db.transaction().execute(async (tx) => {
    const rollout = await lockClaimed(tx, claim)
    if (rollout?.state !== 'running') return
    const current = rollout.steps[rollout.step]
    if (!current?.startedAt) return startStep(tx, rollout, { facts, index: rollout.step })
    const verdict = judge(rollout, current, hearWitnesses(rollout, facts))
    rollout.tally = verdict.tally
    if (verdict.kind === 'halt') return halt(tx, rollout, { facts, verdict })
    if (verdict.kind === 'wait') return wait(tx, rollout, { facts, verdict })
    if (rollout.step + 1 < rollout.steps.length) return startStep(tx, rollout, { facts, index: rollout.step + 1 })
    return complete(tx, rollout, { facts, verdict })
  })
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
  const reason: Reason = { code: 'step_started', values: { step: index + 1, steps: steps.length, percent } }
  await saveTransition(tx, rollout.id, {
    ...rollout,
    state: 'running',
    steps,
    step: index,
    because: say(reason),
    reason,
    endedAt: null,
    nextAt: after(facts.now, size === 0 ? 0 : LOOK_AGAIN_MS),
  })
  await announce(tx, {
    name: 'delivery.rollout_step_started',
    ...byItself(rollout, facts),
    body: { ...factOf(rollout, facts.version), step: index + 1, percent, size },
  })
}

async function wait(tx: Tx, rollout: Rollout, { facts, verdict }: Judged) {
  const latest = after(facts.now, LOOK_AGAIN_MS)
  const nextAt = verdict.until && verdict.until < latest ? verdict.until : latest
  const { because, reason } = verdict
  await saveTransition(tx, rollout.id, { ...rollout, state: 'running', because, reason, endedAt: null, nextAt })
}

async function halt(tx: Tx, rollout: Rollout, { facts, verdict }: Judged) {
  const { because } = verdict
  await saveTransition(tx, rollout.id, { ...rollout, state: 'halted', ...endedWith(verdict, facts) })
  await announceHalt(tx, rollout, { actor: actorLabel(SYSTEM), because, byItself: true, version: facts.version, at: facts.now })
}

async function complete(tx: Tx, rollout: Rollout, { facts, verdict }: Judged) {
  await saveTransition(tx, rollout.id, { ...rollout, state: 'complete', ...endedWith(verdict, facts) })
  await announce(tx, { name: 'delivery.rollout_completed', ...byItself(rollout, facts), body: factOf(rollout, facts.version) })
}

function endedWith({ because, reason }: Verdict, { now }: Facts) {
  return { because, reason, endedAt: now, endedBy: actorLabel(SYSTEM), nextAt: null }
}

function byItself(rollout: Rollout, { now }: Facts) {
  return { subject: rollout.id, actor: actorLabel(SYSTEM), occurredAt: now }
}
