// The doors to rollouts: a schema, one call, a status.
import type { Actor } from '#identity'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import type { RolloutDeps } from '../deps.ts'
import { DEFAULT_SILENT_AFTER_SECONDS, DEFAULT_STEPS, type Steering } from './rollout.ts'
import { maySeeRollouts } from './rollout-policy.ts'
import { LIMITS } from './judge-step.ts'
import { listRolloutFailures, showRolloutDetails } from './rollout-details.ts'
import { listRolloutViews } from './rollout-queries.ts'
import {
  FailurePage,
  NewRollout,
  RolloutDefaults,
  RolloutDetails,
  RolloutPage,
  RolloutPath,
  RolloutQuery,
  SteeringReason,
} from './rollout-schemas.ts'
import { rollBack, stopRollingBack } from './roll-back.ts'
import { startRollout } from './start-rollout.ts'
import { steerRollout } from './steer-rollout.ts'

const config = { scope: 'rollouts:write' } as const

export function rolloutRoutes(http: Http, deps: RolloutDeps) {
  rollbackRoutes(http, deps)
  http.post(
    '/api/v1/rollouts',
    { schema: { operationId: 'startRollout', body: NewRollout, response: { 201: RolloutDetails } }, config },
    async ({ actor, body }, reply) => {
      const id = await startRollout(deps, actor, body)
      return reply.code(201).send(await getView(deps, actor, id))
    },
  )

  http.get(
    '/api/v1/rollouts',
    { schema: { operationId: 'listRollouts', querystring: RolloutQuery, response: { 200: RolloutPage } } },
    ({ actor, query }) => {
      refuseUnlessMaySee(actor)
      return listRolloutViews(deps.db, query)
    },
  )

  http.get(
    '/api/v1/rollout-defaults',
    { schema: { operationId: 'getRolloutDefaults', response: { 200: RolloutDefaults } } },
    ({ actor }) => {
      refuseUnlessMaySee(actor)
      return { steps: DEFAULT_STEPS, silentAfterSeconds: DEFAULT_SILENT_AFTER_SECONDS, limits: LIMITS }
    },
  )

  http.get(
    '/api/v1/rollouts/:rolloutId/failures',
    { schema: { operationId: 'listRolloutFailures', params: RolloutPath, response: { 200: FailurePage } } },
    async ({ actor, params }) => {
      const items = maySeeRollouts(actor) ? await listRolloutFailures(deps, params.rolloutId) : undefined
      if (!items) throw unknownRollout(params.rolloutId)
      return { items, next: null }
    },
  )

  http.get(
    '/api/v1/rollouts/:rolloutId',
    { schema: { operationId: 'getRollout', params: RolloutPath, response: { 200: RolloutDetails } } },
    ({ actor, params }) => getView(deps, actor, params.rolloutId),
  )

  for (const steering of ['pause', 'resume', 'halt'] satisfies Steering[]) {
    http.post(
      `/api/v1/rollouts/:rolloutId/${steering}`,
      {
        schema: {
          operationId: `${steering}Rollout`,
          params: RolloutPath,
          body: SteeringReason,
          response: { 200: RolloutDetails },
        },
        config,
      },
      async ({ actor, params, body }) => {
        await steerRollout(deps, actor, { rolloutId: params.rolloutId, steering, reason: body.reason })
        return getView(deps, actor, params.rolloutId)
      },
    )
  }
}

function rollbackRoutes(http: Http, deps: RolloutDeps) {
  const schema = { params: RolloutPath, response: { 200: RolloutDetails } }

  http.post(
    '/api/v1/rollouts/:rolloutId/roll-back',
    { schema: { ...schema, operationId: 'rollBackRollout', body: SteeringReason }, config },
    async ({ actor, params, body }) => {
      await rollBack(deps, actor, { rolloutId: params.rolloutId, reason: body.reason })
      return getView(deps, actor, params.rolloutId)
    },
  )

  http.delete(
    '/api/v1/rollouts/:rolloutId/roll-back',
    { schema: { ...schema, operationId: 'stopRollingBack' }, config },
    async ({ actor, params }) => {
      await stopRollingBack(deps, actor, params.rolloutId)
      return getView(deps, actor, params.rolloutId)
    },
  )
}

async function getView(deps: RolloutDeps, actor: Actor, rolloutId: string) {
  const view = maySeeRollouts(actor) ? await showRolloutDetails(deps, rolloutId) : undefined
  if (!view) throw unknownRollout(rolloutId)
  return view
}

function unknownRollout(rolloutId: string) {
  return new Refusal('not_found', 'rollout.unknown', `There is no rollout ${rolloutId}.`)
}

function refuseUnlessMaySee(actor: Actor) {
  if (!maySeeRollouts(actor))
    throw new Refusal('forbidden', 'rollout.not_yours', 'Rollouts are for staff. Your installations say what they get, and when.')
}
