// The doors to known errors.
import type { Http } from '#platform/http'
import type { PortalDeps } from '../deps.ts'
import { changeKnownError } from './change-known-error.ts'
import { createKnownError } from './create-known-error.ts'
import {
  AnyKnownError,
  AnyKnownErrorPage,
  KnownErrorChange,
  KnownErrorPath,
  KnownErrorQuery,
  NewKnownError,
} from './known-error-schemas.ts'
import { viewKnownError, viewKnownErrors } from './view-known-errors.ts'

const config = { scope: 'inquiries:write' } as const
const one = '/api/v1/known-errors/:knownErrorId'

export function knownErrorRoutes(http: Http, deps: PortalDeps) {
  http.get(
    '/api/v1/known-errors',
    { schema: { operationId: 'listKnownErrors', querystring: KnownErrorQuery, response: { 200: AnyKnownErrorPage } } },
    ({ actor, query }) => viewKnownErrors(deps, actor, query),
  )

  http.post(
    '/api/v1/known-errors',
    { schema: { operationId: 'createKnownError', body: NewKnownError, response: { 201: AnyKnownError } }, config },
    async ({ actor, body }, reply) => {
      const { id } = await createKnownError(deps, actor, body)
      return reply.code(201).send(await viewKnownError(deps, actor, id))
    },
  )

  http.get(
    one,
    { schema: { operationId: 'getKnownError', params: KnownErrorPath, response: { 200: AnyKnownError } } },
    ({ actor, params }) => viewKnownError(deps, actor, params.knownErrorId),
  )

  http.patch(
    one,
    {
      schema: {
        operationId: 'changeKnownError',
        params: KnownErrorPath,
        body: KnownErrorChange,
        response: { 200: AnyKnownError },
      },
      config,
    },
    async ({ actor, params, body }) => {
      await changeKnownError(deps, actor, { id: params.knownErrorId, change: body })
      return viewKnownError(deps, actor, params.knownErrorId)
    },
  )
}
