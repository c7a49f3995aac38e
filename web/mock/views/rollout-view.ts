// Rollouts with what is counted when somebody asks: tallies, verdict, what is next.
import type { Schemas } from '@fairway/client'
import type { Rollout, Standing, World } from '../world.ts'

type Details = Schemas['RolloutDetails']
type StepView = Details['steps'][number]
type StepTally = NonNullable<StepView['tally']>

export const LIMITS = { minFailed: 2, maxFailedShare: 0.2, smallStep: 5 }
const NONE: StepTally = { healthy: 0, updating: 0, waiting: 0, silent: 0, failed: 0 }

export function viewRollout(world: World, rollout: Rollout): Schemas['Rollout'] {
  const { id, productId, channel, releaseId, version, state, silentAfterSeconds, startedAt, endedAt } = rollout
  const steps = stepsOf(rollout)
  return {
    id,
    productId,
    channel,
    releaseId,
    version,
    state,
    silentAfterSeconds,
    startedAt,
    endedAt,
    product: {
      id: productId,
      name: nameOfProduct(world, productId),
    },
    because: reasonOf(rollout).text,
    step: rollout.step + 1,
    tally: tallyOf(steps),
    steps: steps.map(({ percent, bakeSeconds, startedAt, size }) => ({
      percent,
      bakeSeconds,
      startedAt,
      size,
    })),
  }
}

export function viewRolloutDetails(world: World, rollout: Rollout): Details {
  const { startedBy, endedBy } = rollout
  const next = nextOf(rollout)
  return {
    ...viewRollout(world, rollout),
    startedBy,
    endedBy,
    verdict: verdictOf(rollout),
    next,
    limits: LIMITS,
    rollback: rollout.rollback ? { ...rollout.rollback, remaining: countStanding(rollout, 'healthy') } : null,
    goesBackTo: rollout.rollback ? null : goesBackTo(world, rollout),
    steps: stepsOf(rollout),
  }
}

/** The release before it on its channel; the world remembers no older rollouts, so any published one will do. */
export function goesBackTo({ releases }: World, { productId, releaseId }: Rollout) {
  const own = releases.filter((one) => one.productId === productId && (one.state === 'published' || one.id === releaseId))
  return own[own.findIndex(({ id }) => id === releaseId) + 1]?.version ?? null
}

export function nameOfProduct(world: World, id: string) {
  return world.products.find((one) => one.id === id)?.name ?? id
}

export function countStanding({ witnesses, step }: Rollout, ...standings: Standing[]) {
  let count = 0
  for (const witness of witnesses.values()) if (witness.step <= step && standings.includes(witness.standing)) count += 1
  return count
}

function stepsOf({ steps, witnesses }: Rollout): StepView[] {
  const tallies = steps.map(() => ({ ...NONE, to_come: 0 }))
  for (const { step, standing } of witnesses.values()) {
    const tally = tallies[step]
    if (tally) tally[standing] += 1
  }
  return steps.map((step, index) => {
    const { to_come, ...tally } = tallies[index] ?? { ...NONE, to_come: 0 }
    const size = Object.values(tally).reduce((sum, one) => sum + one, 0)
    if (step.startedAt !== null) return { ...step, size, tally, expectedSize: null }
    return { ...step, size: null, tally: null, expectedSize: to_come }
  })
}

function tallyOf(steps: StepView[]): Details['tally'] {
  const sum = (of: keyof StepTally) => steps.reduce((total, { tally }) => total + (tally?.[of] ?? 0), 0)
  const [healthy, failed, pending, notSeen] = [sum('healthy'), sum('failed'), sum('updating'), sum('waiting') + sum('silent')]
  return { members: healthy + failed + pending + notSeen, healthy, failed, pending, notSeen }
}

type Reason = Pick<Details['verdict'], 'code' | 'values' | 'text'>

function reasonOf(rollout: Rollout): Reason {
  if (rollout.state !== 'running') return { ...rollout.because, values: numbersOf(rollout) }
  const pending = countStanding(rollout, 'updating')
  if (pending > 0) return { code: 'still_updating', values: { pending }, text: `${pending} installations are still updating.` }
  const until = rollout.bakesUntil
  if (until !== null) return { code: 'baking', values: { until }, text: `It proves itself until ${until}.` }
  const of = countStanding(rollout, 'waiting')
  return { code: 'no_reports_yet', values: { of }, text: 'No installation of this step has asked for it yet.' }
}

function numbersOf(rollout: Rollout) {
  const [healthy, failed] = [countStanding(rollout, 'healthy'), countStanding(rollout, 'failed')]
  return { healthy, failed, reported: healthy + failed, of: healthy + failed }
}

function verdictOf(rollout: Rollout): Details['verdict'] {
  const isOver = rollout.state === 'halted' || rollout.state === 'complete'
  return { kind: isOver ? 'ended' : 'wait', ...reasonOf(rollout) }
}

function nextOf(rollout: Rollout): Details['next'] {
  const { state, steps, step, silentAfterSeconds, bakesUntil } = rollout
  if (state === 'paused') return { at: null, code: 'resume', values: {} }
  if (state !== 'running') return { at: null, code: 'nothing', values: {} }
  const { code, values } = reasonOf(rollout)
  if (code === 'no_reports_yet') return { at: null, code: 'first_report', values }
  if (code === 'still_updating') return { at: firstSilence(rollout, silentAfterSeconds), code: 'silence_counts', values }
  const next = steps[step + 1]
  if (!next) return { at: bakesUntil, code: 'completes', values: {} }
  return { at: bakesUntil, code: 'next_step', values: { step: step + 2, steps: steps.length, percent: next.percent } }
}

/** When the first one that is at it has been silent for too long. */
function firstSilence({ witnesses }: Rollout, silentAfterSeconds: number) {
  const since = [...witnesses.values()].filter((one) => one.standing === 'updating').map(({ at }) => Date.parse(at))
  return new Date(Math.min(...since) + silentAfterSeconds * 1000).toISOString()
}

/** What every event of a rollout says. */
export function factOf({ id, productId, channel, releaseId, version }: Rollout) {
  return { rolloutId: id, productId, channel, releaseId, version }
}
