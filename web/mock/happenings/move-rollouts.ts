// Moves each running rollout on by one installation at a time, and by a step when all of one have spoken.
import { factOf } from '../views/rollout-view.ts'
import { happen } from '../happen.ts'
import { after, msOf, nowIso } from '../times.ts'
import { countStanding } from '../views/rollout-view.ts'
import type { Rollout, Standing, World } from '../world.ts'
import { finishUpdate, startUpdate } from './report.ts'

const UPDATE_TAKES_MS = msOf('10s')
const AT_ONCE = 6
/** However long it is said to prove itself: nobody watches a mock for a day. */
const BAKES_FOR_MS = msOf('20s')

export function moveRollouts(world: World) {
  for (const rollout of world.rollouts.filter(({ state }) => state === 'running')) {
    finishOne(world, rollout)
    startOne(world, rollout)
    if (countStanding(rollout, 'updating', 'waiting') === 0) prove(world, rollout)
  }
}

function finishOne(world: World, rollout: Rollout) {
  const done = find(rollout, 'updating', ({ at }) => Date.parse(at) < Date.now() - UPDATE_TAKES_MS)
  if (!done) return
  const [id, witness] = done
  Object.assign(witness, { standing: 'healthy', at: nowIso() })
  const installation = world.installations.get(id)
  if (installation) finishUpdate(world, installation, rollout)
}

function startOne(world: World, rollout: Rollout) {
  const next = countStanding(rollout, 'updating') < AT_ONCE ? find(rollout, 'waiting') : undefined
  if (!next) return
  const [id, witness] = next
  Object.assign(witness, { standing: 'updating', at: nowIso() })
  const installation = world.installations.get(id)
  if (installation) startUpdate(installation, rollout)
}

type Entry = [string, Rollout['witnesses'] extends Map<string, infer One> ? One : never]

function find(
  { witnesses, step }: Rollout,
  standing: Standing,
  isRight: (one: Entry[1]) => boolean = () => true,
): Entry | undefined {
  return [...witnesses].find(([, one]) => one.step <= step && one.standing === standing && isRight(one))
}

function prove(world: World, rollout: Rollout) {
  rollout.bakesUntil ??= after(Date.now(), BAKES_FOR_MS)
  if (Date.parse(rollout.bakesUntil) > Date.now()) return
  rollout.bakesUntil = null
  if (rollout.step + 1 < rollout.steps.length) beginStep(world, rollout)
  else complete(world, rollout)
}

function beginStep(world: World, rollout: Rollout) {
  rollout.step += 1
  const step = rollout.steps[rollout.step]
  if (!step) return
  step.startedAt = nowIso()
  const added = [...rollout.witnesses].filter(([, one]) => one.step === rollout.step)
  let size = 0
  for (const [id, witness] of added) {
    const isSilent = world.installations.get(id)?.silentSince !== null
    Object.assign(witness, { standing: isSilent ? 'silent' : 'waiting', at: step.startedAt })
    size += 1
  }
  const body = { ...factOf(rollout), step: rollout.step + 1, percent: step.percent, size }
  happen(world, { name: 'delivery.rollout_step_started', subject: rollout.id, body })
}

function complete(world: World, rollout: Rollout) {
  const [healthy, failed] = [countStanding(rollout, 'healthy'), countStanding(rollout, 'failed')]
  const because = { code: 'healthy_enough' as const, text: `${healthy} of ${healthy + failed} that reported are healthy.` }
  Object.assign(rollout, { state: 'complete', endedAt: nowIso(), because })
  happen(world, { name: 'delivery.rollout_completed', subject: rollout.id, body: factOf(rollout) })
}
