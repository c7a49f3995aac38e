// Answers about rollouts, and what people do to them.
import type { Ask, Handlers, Me } from '../contract.ts'
import { freshId } from '../dice.ts'
import { happen } from '../happen.ts'
import { pageViews } from '../paging.ts'
import { conflict, notFound } from '../problem.ts'
import { planWitnesses } from '../data/plan-witnesses.ts'
import { nowIso } from '../times.ts'
import { isUnderWay } from '../views/outlook-view.ts'
import { factOf, LIMITS, viewRollout, viewRolloutDetails } from '../views/rollout-view.ts'
import type { Rollout, World } from '../world.ts'
import { getRollout, rollbackHandlers } from './rollbacks.ts'

const DEFAULT_STEPS = [5, 25, 50, 100].map((percent) => ({ percent, bakeSeconds: 3600 }))
const SILENT_AFTER_SECONDS = 1800

export const rolloutHandlers = {
  'get /api/v1/rollout-defaults': () => ({ steps: DEFAULT_STEPS, silentAfterSeconds: SILENT_AFTER_SECONDS, limits: LIMITS }),
  'get /api/v1/rollouts': ({ world, query: { productId, channel, ...page } }) => {
    const found = world.rollouts.filter(
      (one) => (productId ?? one.productId) === one.productId && (channel ?? one.channel) === one.channel,
    )
    return pageViews(found, page, (one) => viewRollout(world, one))
  },
  'get /api/v1/rollouts/{rolloutId}': ({ world, path }) => viewRolloutDetails(world, getRollout(world, path.rolloutId)),
  'get /api/v1/rollouts/{rolloutId}/failures': ({ world, path }) => ({
    items: failuresOf(world, getRollout(world, path.rolloutId)),
    next: null,
  }),
  'post /api/v1/rollouts': ({ world, me, body }) => {
    const rollout = start(world, me, body)
    world.rollouts.unshift(rollout)
    tell(world, me, { rollout, name: 'delivery.rollout_started' })
    return viewRolloutDetails(world, rollout)
  },
  'post /api/v1/rollouts/{rolloutId}/pause': (ask) => steer(ask, { from: ['running'], to: 'paused', code: 'paused' }),
  'post /api/v1/rollouts/{rolloutId}/resume': (ask) => steer(ask, { from: ['paused'], to: 'running', code: 'resumed' }),
  'post /api/v1/rollouts/{rolloutId}/halt': (ask) =>
    steer(ask, { from: ['running', 'paused'], to: 'halted', code: 'halted_by_person' }),
  ...rollbackHandlers,
} satisfies Handlers

function failuresOf({ installations, organisations }: World, { witnesses }: Rollout) {
  const failed = [...witnesses].filter(([, { standing }]) => standing === 'failed')
  return failed
    .flatMap(([id, { step, at, reason }]) => {
      const found = installations.get(id)
      const organisation = organisations.find((one) => one.id === found?.organisationId)
      if (!found || !organisation) return []
      return {
        installation: {
          id,
          name: found.name,
        },
        organisation: {
          id: organisation.id,
          name: organisation.name,
        },
        step: step + 1,
        kind: 'rolled_back' as const,
        runsNow: found.version,
        at,
        reason,
      }
    })
    .toSorted((a, b) => b.at.localeCompare(a.at))
}

function start(
  world: World,
  me: Me,
  { releaseId, channel, steps, silentAfterSeconds }: Ask<'post /api/v1/rollouts'>['body'],
): Rollout {
  const release = world.releases.find(({ id }) => id === releaseId)
  if (!release) throw notFound('release', releaseId)
  const { productId, version, state } = release
  if (state !== 'published')
    throw conflict('rollout.release_not_published', `${version} is ${state}: only a published release can be rolled out.`)
  const busy = world.rollouts.find((one) => isUnderWay(one) && one.productId === productId && one.channel === channel)
  if (busy)
    throw conflict(
      'rollout.channel_is_busy',
      `Rollout ${busy.id} is still ${busy.state} on this channel. Halt it first, or wait.`,
    )
  const now = nowIso()
  const planned = (steps ?? DEFAULT_STEPS).map((step, index) => ({ ...step, startedAt: index === 0 ? now : null }))
  return {
    id: freshId('ro'),
    productId,
    channel,
    releaseId,
    version,
    state: 'running',
    step: 0,
    steps: planned,
    silentAfterSeconds: silentAfterSeconds ?? SILENT_AFTER_SECONDS,
    startedAt: now,
    endedAt: null,
    startedBy: {
      id: me.id,
      name: me.name,
    },
    endedBy: null,
    bakesUntil: null,
    because: {
      code: 'step_started',
      text: '',
    },
    witnesses: planWitnesses(world, {
      productId,
      channel,
      percents: planned.map(({ percent }) => percent),
    }),
  }
}

type Steering = Ask<`post /api/v1/rollouts/{rolloutId}/${'pause' | 'resume' | 'halt'}`>
interface Change {
  from: Rollout['state'][]
  to: Rollout['state']
  code: Rollout['because']['code']
}

function steer({ world, me, path, body }: Steering, { from, to, code }: Change) {
  const rollout = getRollout(world, path.rolloutId)
  if (!from.includes(rollout.state))
    throw conflict('rollout.cannot', `Rollout ${rollout.id} is ${rollout.state}: it cannot do that now.`)
  Object.assign(rollout, { state: to, because: { code, text: body.reason } })
  if (to === 'halted') Object.assign(rollout, { endedAt: nowIso(), endedBy: { id: me.id, name: me.name } })
  tell(world, me, { rollout, name: `delivery.rollout_${to === 'running' ? 'resumed' : to}` })
  return viewRolloutDetails(world, rollout)
}

function tell(world: World, me: Me, { rollout, name }: { rollout: Rollout; name: string }) {
  const { id, because } = rollout
  happen(world, { name, subject: id, actor: me.id, body: { ...factOf(rollout), because: because.text, byItself: false } })
}
