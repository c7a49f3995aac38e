// The doors for electron-updater's generic provider: /updates/electron/{product}/{channel}/latest-linux.yml (research: clients-lab §1).
import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Refusal } from '#platform/errors'
import { sendFile } from '#platform/http/send-file'
import type { Http } from '#platform/http'
import { Fields, Id, OneOf, Slug, Text } from '#platform/schemas'
import type { ProtocolDeps } from '../../deps.ts'
import { type Question, resolveUpdate } from '../../resolve-update.ts'
import { renderChannelFile } from './render.ts'

/** What the client asks for on Linux; other architectures have their own file name. */
const ARCH_OF_FILE = { 'latest-linux.yml': 'x64', 'latest-linux-arm64.yml': 'arm64' } as const

/** The same for what is not public, not entitled, and not there. */
const NOTHING_HERE =
  'There is nothing here for you: no such channel, nothing released on it yet, or not without the token of an entitled organisation.'

const ChannelFilePath = Fields({ product: Slug, channel: Slug, file: OneOf(['latest-linux.yml', 'latest-linux-arm64.yml']) })
const ArtifactPath = Fields({ product: Slug, channel: Slug, artifactId: Id, name: Text(200) })
// The client adds `noCache`, proxies add what they like.
const AnyQuery = Type.Object({})

export function electronRoutes(http: Http, deps: ProtocolDeps) {
  const config = { access: 'public', takesToken: true } as const
  const { snapshot, delivery } = deps

  http.get(
    '/updates/electron/:product/:channel/:file',
    { schema: { params: ChannelFilePath, querystring: AnyQuery }, config },
    (request, reply) => {
      const { product, channel, file } = request.params
      const question = { ...asking(request), productId: product, channel, platform: 'linux', arch: ARCH_OF_FILE[file] }
      const resolution = resolveUpdate(snapshot(), question)
      // 404 is how this client hears that there is nothing; a stranger hears the same of what is not public.
      if (resolution.kind !== 'update') throw new Refusal('not_found', 'update.nothing_here', NOTHING_HERE)
      return reply
        .type('text/yaml; charset=utf-8')
        .header('vary', 'authorization, x-user-staging-id')
        .send(renderChannelFile(resolution.release, resolution.artifact))
    },
  )

  http.get(
    '/updates/electron/:product/:channel/:artifactId/:name',
    { schema: { params: ArtifactPath }, config },
    async (request, reply) => {
      const { product, channel, artifactId, name } = request.params
      const { organisationId } = asking(request)
      const now = snapshot()
      const mayFetch =
        now.product(product)?.isPublic || (organisationId !== null && now.isEntitled(organisationId, product, channel))
      const isOffered = now.mayBeFetched(artifactId, product, channel)
      const found = mayFetch && isOffered ? await delivery.artifactFile(artifactId) : undefined
      if (found?.name !== name) throw new Refusal('not_found', 'artifact.unknown', 'There is no such artifact.')
      return sendFile(reply, request.headers, found)
    },
  )
}

/** Who asks: a bearer token of a member binds the request to one organisation; the cohort goes by the id that the client keeps. */
function asking(
  request: FastifyRequest,
): Pick<Question, 'clientId' | 'organisationId' | 'currentReleaseId' | 'refusedReleaseIds'> {
  const { actor } = request
  const stagingId = request.headers['x-user-staging-id']
  const told = typeof stagingId === 'string' && stagingId !== '' ? stagingId : request.ip
  return {
    // Hashed: the header is a stranger's text of any length.
    clientId: createHash('sha256').update(told).digest('hex'),
    organisationId: actor.kind === 'member' ? actor.organisationId : null,
    currentReleaseId: undefined,
    refusedReleaseIds: [],
  }
}
