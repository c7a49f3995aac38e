// The doors to releases and their artifacts.
import { Type } from 'typebox'
import type { Actor } from '#identity'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import { addArtifact, removeArtifact } from '../artifacts/add-artifact.ts'
import type { Uploads } from '../artifacts/uploads.ts'
import type { DeliveryDeps } from '../deps.ts'
import { amendRelease } from './amend-release.ts'
import { createRelease, discardDraft } from './create-release.ts'
import { publishRelease } from './publish-release.ts'
import {
  ArtifactPath,
  ArtifactView,
  NewArtifact,
  NewRelease,
  ReleaseChange,
  ReleaseDetails,
  ReleasePage,
  ReleasePath,
  ReleaseQuery,
  Withdrawal,
} from './release-schemas.ts'
import { showRelease, showReleases } from './show-releases.ts'
import { withdrawRelease } from './withdraw-release.ts'

const config = { scope: 'releases:write' } as const
const one = '/api/v1/releases/:releaseId'

export function releaseRoutes(http: Http, deps: DeliveryDeps & { uploads: Uploads }) {
  draftArtifactRoutes(http, deps)
  http.post(
    '/api/v1/releases',
    { schema: { operationId: 'createRelease', body: NewRelease, response: { 201: ReleaseDetails } }, config },
    async ({ actor, body }, reply) => {
      const id = await createRelease(deps, actor, body)
      return reply.code(201).send(await getView(deps, actor, id))
    },
  )

  http.get(
    '/api/v1/releases',
    { schema: { operationId: 'listReleases', querystring: ReleaseQuery, response: { 200: ReleasePage } } },
    ({ actor, query }) => showReleases(deps, actor, query),
  )

  http.get(
    one,
    { schema: { operationId: 'getRelease', params: ReleasePath, response: { 200: ReleaseDetails } } },
    ({ actor, params }) => getView(deps, actor, params.releaseId),
  )

  http.patch(
    one,
    {
      schema: { operationId: 'amendRelease', params: ReleasePath, body: ReleaseChange, response: { 200: ReleaseDetails } },
      config,
    },
    async ({ actor, params, body }) => {
      await amendRelease(deps, actor, { releaseId: params.releaseId, change: body })
      return getView(deps, actor, params.releaseId)
    },
  )

  http.delete(
    one,
    { schema: { operationId: 'discardDraft', params: ReleasePath, response: { 204: Type.Null() } }, config },
    async ({ actor, params }, reply) => {
      await discardDraft(deps, actor, params.releaseId)
      return reply.code(204).send(null)
    },
  )

  http.post(
    `${one}/publish`,
    { schema: { operationId: 'publishRelease', params: ReleasePath, response: { 200: ReleaseDetails } }, config },
    async ({ actor, params }) => {
      await publishRelease(deps, actor, params.releaseId)
      return getView(deps, actor, params.releaseId)
    },
  )

  http.post(
    `${one}/withdraw`,
    {
      schema: { operationId: 'withdrawRelease', params: ReleasePath, body: Withdrawal, response: { 200: ReleaseDetails } },
      config,
    },
    async ({ actor, params, body }) => {
      await withdrawRelease(deps, actor, { releaseId: params.releaseId, reason: body.reason })
      return getView(deps, actor, params.releaseId)
    },
  )
}

function draftArtifactRoutes(http: Http, deps: DeliveryDeps & { uploads: Uploads }) {
  http.post(
    `${one}/artifacts`,
    { schema: { operationId: 'addArtifact', params: ReleasePath, body: NewArtifact, response: { 201: ArtifactView } }, config },
    async ({ actor, params, body }, reply) =>
      reply.code(201).send(await addArtifact(deps, actor, { releaseId: params.releaseId, ...body })),
  )

  http.delete(
    `${one}/artifacts/:artifactId`,
    { schema: { operationId: 'removeArtifact', params: ArtifactPath, response: { 204: Type.Null() } }, config },
    async ({ actor, params }, reply) => {
      await removeArtifact(deps, actor, params)
      return reply.code(204).send(null)
    },
  )
}

async function getView(deps: DeliveryDeps, actor: Actor, releaseId: string) {
  const view = await showRelease(deps, actor, releaseId)
  if (!view) throw new Refusal('not_found', 'release.unknown', `There is no release ${releaseId}.`)
  return view
}
