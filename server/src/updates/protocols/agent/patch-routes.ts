// The door for patches: the plain content of an artifact, for whoever has an older one at hand (RFC 9842). Which there are is known in memory.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { acceptsDcz, readAvailableDictionary } from '#delivery'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import { sendFile } from '#platform/http/send-file'
import type { ProtocolDeps } from '../../deps.ts'
import type { Snapshot } from '../../snapshot.ts'
import { ArtifactPath } from './agent-schemas.ts'
import type { Agent } from './identify-agent.ts'

interface Door {
  preValidation(request: FastifyRequest, reply: FastifyReply, done: () => void): void
  /** Who asks; behind preValidation. */
  known(request: FastifyRequest): Agent
}

const config = { access: 'public' } as const

export function patchRoutes(http: Http, { snapshot, delivery }: ProtocolDeps, { preValidation, known }: Door) {
  http.get(
    '/updates/v1/artifacts/:artifactId/plain',
    { schema: { params: ArtifactPath }, config, helmet: false, preValidation },
    (request, reply) => {
      const { params, headers } = request
      const now = snapshot()
      if (!mayFetch(now, known(request), params.artifactId)) throw unknownArtifact()
      // Also where there is none: another dictionary would get another answer.
      reply.header('vary', 'Accept-Encoding, Available-Dictionary')
      const dictionary = acceptsDcz(headers['accept-encoding'])
        ? readAvailableDictionary(headers['available-dictionary'])
        : undefined
      const patch = dictionary === undefined ? undefined : now.patch(params.artifactId, dictionary)
      // The content itself is not kept unpacked: there is the file instead.
      if (!patch) throw new Refusal('not_found', 'patch.none', 'There is no patch from what you have. Fetch the whole file.')
      reply.header('content-encoding', 'dcz')
      return sendFile(reply, headers, delivery.patchFile(patch))
    },
  )
}

/** A withdrawn release is given to nobody, not even to who has begun to fetch it. */
export function mayFetch(now: Snapshot, { installation }: Agent, artifactId: string) {
  const { productId, channel, organisationId } = installation
  const isEntitled = now.product(productId)?.isPublic || now.isEntitled(organisationId, productId, channel)
  return Boolean(isEntitled && now.mayBeFetched(artifactId, productId, channel))
}

export function unknownArtifact() {
  return new Refusal('not_found', 'artifact.unknown', 'There is no such artifact for this installation.')
}
