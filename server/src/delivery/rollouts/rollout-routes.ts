// The doors to rollouts: a schema, one call, a status.
import type { Actor } from '#identity'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import type { RolloutDeps } from '../deps.ts'
import type { Steering } from './rollout.ts'
import { maySeeRollouts } from './rollout-policy.ts'
import { findRolloutView, listRolloutViews } from './rollout-queries.ts'
import { NewRollout, RolloutPage, RolloutPath, RolloutQuery, RolloutView, SteeringReason } from './rollout-schemas.ts'
import { startRollout } from './start-rollout.ts'
import { steerRollout } from './steer-rollout.ts'

const config = { scope: 'rollouts:write' } as const

export function rolloutRoutes(http: Http, deps: RolloutDeps) {
  http.post(
    '/api/v1/rollouts',
    { schema: { operationId: 'startRollout', body: NewRollout, response: { 201: RolloutView } }, config },
    async ({ actor, body }, reply) => {
      const id = await startRollout(deps, actor, body)
      return reply.code(201).send(await getView(deps, actor, id))
    },
  )

  http.get(
    '/api/v1/rollouts',
    { schema: { operationId: 'listRollouts', querystring: RolloutQuery, response: { 200: RolloutPage } } },
    ({ actor, query }) => {
      if (!maySeeRollouts(actor))
        throw new Refusal(
          'forbidden',
          'rollout.not_yours',
          'Rollouts are for staff. Your installations say what they get, and when.',
        )
      return listRolloutViews(deps, query)
    },
  )

  http.get(
    '/api/v1/rollouts/:rolloutId',
    { schema: { operationId: 'getRollout', params: RolloutPath, response: { 200: RolloutView } } },
    ({ actor, params }) => getView(deps, actor, params.rolloutId),
  )

  for (const steering of ['pause', 'resume', 'halt'] satisfies Steering[]) {
    http.post(
      `/api/v1/rollouts/:rolloutId/${steering}`,
      {
        schema: { operationId: `${steering}Rollout`, params: RolloutPath, body: SteeringReason, response: { 200: RolloutView } },
        config,
      },
      async ({ actor, params, body }) => {
        await steerRollout(deps, actor, { rolloutId: params.rolloutId, steering, reason: body.reason })
        return getView(deps, actor, params.rolloutId)
      },
    )
  }
}

async function getView(deps: RolloutDeps, actor: Actor, rolloutId: string) {
  const view = maySeeRollouts(actor) ? await findRolloutView(deps, rolloutId) : undefined
  if (!view) throw new Refusal('not_found', 'rollout.unknown', `There is no rollout ${rolloutId}.`)
  return view
}
