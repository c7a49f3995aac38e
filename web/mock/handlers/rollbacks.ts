// What people do to send everybody back, and to stop that.
import type { Handlers } from '../contract.ts'
import { happen } from '../happen.ts'
import { conflict, notFound } from '../problem.ts'
import { nowIso } from '../times.ts'
import { isUnderWay } from '../views/outlook-view.ts'
import { factOf, goesBackTo, viewRolloutDetails } from '../views/rollout-view.ts'
import type { World } from '../world.ts'

export const rollbackHandlers = {
  'post /api/v1/rollouts/{rolloutId}/roll-back': ({ world, me, path, body }) => {
    const rollout = getRollout(world, path.rolloutId)
    const toVersion = goesBackTo(world, rollout)
    if (toVersion === null) throw conflict('rollout.nothing_before', 'There is nothing to go back to.')
    const by = { id: me.id, name: me.name }
    if (isUnderWay(rollout))
      Object.assign(rollout, {
        state: 'halted',
        because: { code: 'halted_by_person', text: body.reason },
        endedAt: nowIso(),
        endedBy: by,
      })
    rollout.rollback = { toVersion, orderedAt: nowIso(), orderedBy: by }
    const told = { ...factOf(rollout), toVersion, because: body.reason }
    happen(world, { name: 'delivery.rollback_ordered', subject: rollout.id, actor: me.id, body: told })
    return viewRolloutDetails(world, rollout)
  },
  'delete /api/v1/rollouts/{rolloutId}/roll-back': ({ world, me, path }) => {
    const rollout = getRollout(world, path.rolloutId)
    if (!rollout.rollback) throw conflict('rollout.not_rolled_back', 'Nobody was told to go back.')
    rollout.rollback = null
    happen(world, { name: 'delivery.rollback_stopped', subject: rollout.id, actor: me.id, body: factOf(rollout) })
    return viewRolloutDetails(world, rollout)
  },
} satisfies Handlers

export function getRollout(world: World, id: string) {
  const found = world.rollouts.find((one) => one.id === id)
  if (!found) throw notFound('rollout', id)
  return found
}
