// What the page of a rollout shows: the verdict of this moment, what is next, how far each step is, and who failed.
import type { Static } from 'typebox'
import type { Person } from '#identity'
import type { RolloutDeps } from '../deps.ts'
import { findProduct } from '../products/product-store.ts'
import { findRelease } from '../releases/release-store.ts'
import { failuresOf } from './failures.ts'
import { LIMITS, type Verdict } from './judge-step.ts'
import { findReleaseBefore, listRollbacks } from './rollback-store.ts'
import type { Rollout } from './rollout.ts'
import { showRollout } from './rollout-queries.ts'
import type { FailurePage, RolloutDetails } from './rollout-schemas.ts'
import { findRollout } from './rollout-store.ts'
import { expectSizes, tallySteps } from './step-tallies.ts'
import { nextOf } from './whats-next.ts'
import { type Heard, hearWitnesses, judge } from './witnesses.ts'

type Details = Static<typeof RolloutDetails>
type FailureView = Static<typeof FailurePage>['items'][number]

const MAX_FAILURES = 200

export async function showRolloutDetails(deps: RolloutDeps, id: string): Promise<Details | undefined> {
  const rollout = await findRollout(deps.db, id)
  if (!rollout) return undefined
  const [release, product, facts, people] = await Promise.all([
    findRelease(deps.db, rollout.releaseId),
    findProduct(deps.db, rollout.productId),
    gatherFacts(deps, rollout),
    deps.identity.peopleByIds([rollout.createdBy, rollout.endedBy].filter((one) => one !== null)),
  ])
  const step = rollout.steps[rollout.step]
  // In pause nobody is judged; a rollout that has ended was.
  const verdict = rollout.state === 'running' && step?.startedAt ? judge(rollout, step, facts) : undefined
  const view = showRollout(
    { ...rollout, tally: verdict?.tally ?? rollout.tally },
    { version: release?.version ?? '', productName: product?.name ?? rollout.productId },
  )
  const next = nextOf(rollout, verdict)
  return {
    ...view,
    startedBy: nameOf(people, rollout.createdBy),
    endedBy: nameOf(people, rollout.endedBy),
    verdict: showVerdict(rollout, verdict),
    next: { ...next, at: next.at?.toISOString() ?? null },
    limits: LIMITS,
    ...(await showRollback(deps, rollout, { sequence: release?.sequence ?? 0 })),
    steps: showSteps(view, rollout, facts),
  }
}

async function showRollback(
  { db, identity, fleet }: RolloutDeps,
  rollout: Rollout,
  { sequence }: { sequence: number },
): Promise<Pick<Details, 'rollback' | 'goesBackTo'>> {
  const ordered = (await listRollbacks(db, rollout.productId)).find(({ rolloutId }) => rolloutId === rollout.id)
  const before = await findReleaseBefore(db, { ...rollout, sequence })
  if (!ordered) return { rollback: null, goesBackTo: before?.version ?? null }
  const running = await fleet.listInstallations(rollout)
  const [release, people] = await Promise.all([findRelease(db, ordered.toReleaseId), identity.peopleByIds([ordered.orderedBy])])
  return {
    rollback: {
      toVersion: release?.version ?? '',
      orderedAt: ordered.orderedAt.toISOString(),
      orderedBy: nameOf(people, ordered.orderedBy),
      remaining: running.filter(({ releaseId }) => releaseId === rollout.releaseId).length,
    },
    goesBackTo: null,
  }
}

/** Undefined where there is no such rollout. */
export async function listRolloutFailures(deps: RolloutDeps, id: string): Promise<FailureView[] | undefined> {
  const rollout = await findRollout(deps.db, id)
  if (!rollout) return undefined
  const failures = failuresOf(rollout, await gatherFacts(deps, rollout)).slice(0, MAX_FAILURES)
  const organisationIds = [...new Set(failures.map(({ installation }) => installation.organisationId))]
  const names = new Map((await deps.identity.organisationsByIds(organisationIds)).map(({ id, name }) => [id, name]))
  return failures.map(({ installation, step, failedAt, kind, reason }) => ({
    installation: { id: installation.id, name: installation.name },
    organisation: {
      id: installation.organisationId,
      name: names.get(installation.organisationId) ?? installation.organisationId,
    },
    step: step + 1,
    at: failedAt?.toISOString() ?? null,
    kind,
    reason,
    runsNow: installation.version,
  }))
}

/** Who was enrolled after its end was never a matter of this rollout, and nobody's silence counts any more. */
async function gatherFacts({ fleet, clock, upSince }: RolloutDeps, rollout: Rollout): Promise<Heard> {
  const [installations, outcomes] = await Promise.all([fleet.listInstallations(rollout), fleet.listOutcomes(rollout.releaseId)])
  const { endedAt } = rollout
  if (!endedAt) return hearWitnesses(rollout, { installations, outcomes, now: clock.now(), upSince })
  const enrolled = installations.filter(({ enrolledAt }) => enrolledAt <= endedAt)
  // Whether this process was up then, nobody knows any more.
  return hearWitnesses(rollout, { installations: enrolled, outcomes, now: endedAt, upSince: rollout.listenedSince })
}

function showVerdict({ state, reason, because }: Rollout, verdict: Verdict | undefined): Details['verdict'] {
  if (verdict) return { kind: verdict.kind, ...verdict.reason, text: verdict.because }
  const kind = state === 'halted' || state === 'complete' ? 'ended' : 'wait'
  return { kind, code: reason?.code ?? 'unrecorded', values: reason?.values ?? {}, text: because }
}

function showSteps({ steps }: ReturnType<typeof showRollout>, rollout: Rollout, facts: Heard) {
  const tallies = tallySteps(rollout, facts)
  const expected = expectSizes(rollout, facts)
  return steps.map((step, index) => ({
    ...step,
    tally: tallies[index] ?? null,
    expectedSize: expected[index] ?? null,
  }))
}

/** Null for what Fairway does by itself. */
function nameOf(people: Person[], id: string | null) {
  const person = people.find((one) => one.id === id)
  return person ? { id: person.id, name: person.name } : null
}
