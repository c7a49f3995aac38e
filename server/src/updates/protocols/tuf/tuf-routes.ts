// The doors of TUF (spec 1.0.33, §5 and §6.2): /updates/tuf/{product}/metadata/… and /targets/…, for our agent and for any TUF client.
import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Refusal } from '#platform/errors'
import { sendFile } from '#platform/http/send-file'
import type { Http } from '#platform/http'
import { Fields, Slug, Text } from '#platform/schemas'
import type { ProtocolDeps } from '../../deps.ts'

const MetadataPath = Fields({ product: Slug, file: Text(120) })
const TargetPath = Fields({ product: Slug, channel: Slug, version: Text(100), file: Text(300) })
// Proxies and clients add what they like.
const AnyQuery = Type.Object({})

const METADATA_FILE = /^(?:([1-9]\d{0,8})\.([a-z0-9-]{1,100})|timestamp)\.json$/
const TARGET_FILE = /^([0-9a-f]{64})\.(.+)$/

/** A minute of staleness is what a freeze can win; withdrawal does not wait for it, since the director directs. */
const TIMESTAMP_CACHE = 'max-age=30'
const VERSION_CACHE = 'max-age=31536000, immutable'

const config = { access: 'public' } as const
const helmet = false

export function tufRoutes(http: Http, deps: ProtocolDeps) {
  const { snapshot, delivery } = deps
  const preValidation = createAdmission(deps)

  http.get(
    '/updates/tuf/:product/metadata/:file',
    { schema: { hide: true, params: MetadataPath, querystring: AnyQuery }, config, helmet, preValidation },
    async (request, reply) => {
      const { product, file } = request.params
      const repository = snapshot().repository(product)
      if (!repository) throw new Refusal('not_found', 'tuf.none', 'There is no TUF repository here.')
      const [isNamed, version, role = ''] = METADATA_FILE.exec(file) ?? []
      const older = async () =>
        version === undefined || isAhead(repository, role, version)
          ? undefined
          : delivery.findTrustDocument(product, { role, version: Number(version) })
      const body = isNamed === undefined ? undefined : (repository.files.get(file) ?? (await older()))
      if (body === undefined) throw new Refusal('not_found', 'tuf.unknown', `There is no ${file} here.`)
      const isPublic = snapshot().product(product)?.isPublic ? 'public' : 'private'
      return sendDocument(request, reply, {
        body,
        cache: `${isPublic}, ${version === undefined ? TIMESTAMP_CACHE : VERSION_CACHE}`,
      })
    },
  )

  http.get(
    '/updates/tuf/:product/targets/:channel/:version/:file',
    { schema: { hide: true, params: TargetPath, querystring: AnyQuery }, config, helmet, preValidation },
    async (request, reply) => {
      const { product, channel, version, file } = request.params
      const [, sha256, name = ''] = TARGET_FILE.exec(file) ?? []
      const now = snapshot()
      const signed = now.repository(product)?.targets.get(`${channel}/${version}/${name}`)
      const artifact = signed && signed.hashes.sha256 === sha256 ? now.artifactOf(product, { version, name }) : undefined
      const found =
        artifact && now.mayBeFetched(artifact.id, product, channel) ? await delivery.artifactFile(artifact.id) : undefined
      const mayFetch = now.product(product)?.isPublic || isEntitled(deps, request, { product, channel })
      if (!found || !mayFetch) throw new Refusal('not_found', 'artifact.unknown', 'There is no such file here for you.')
      return sendFile(reply, request.headers, found)
    },
  )
}

/** A root that memory does not know yet comes with everything that it names, a moment later: alone, clients would stumble over what is signed by the keys before. */
function isAhead({ files }: { files: Map<string, string> }, role: string, version: string) {
  return (
    role === 'root' && [...files.keys()].every((name) => !name.endsWith('.root.json') || Number.parseInt(name) < Number(version))
  )
}

/** Anybody reads what a public product signs; of the others only their installations hear that it exists. */
function createAdmission({ snapshot, identifyAgent }: ProtocolDeps) {
  return (request: FastifyRequest, _reply: FastifyReply, done: (refusal?: Refusal) => void) => {
    // Before validation it may be anything, and then it is no product.
    const { product: id } = request.params as { product: string }
    const product = snapshot().product(id)
    const isAgent = (request.headers.authorization ?? '').startsWith('Bearer fwa_')
    if (isAgent) {
      request.agent = identifyAgent(request.headers.authorization)
      request.caller = request.agent.caller
      request.minute = request.agent.minute
    }
    const mayRead = product && (product.isPublic || request.agent?.installation.productId === id)
    done(mayRead ? undefined : new Refusal('not_found', 'product.unknown', 'There is no such product here for you.'))
  }
}

function isEntitled(
  { snapshot }: ProtocolDeps,
  { agent }: FastifyRequest,
  { product, channel }: { product: string; channel: string },
) {
  return (
    agent !== undefined &&
    agent.installation.productId === product &&
    snapshot().isEntitled(agent.installation.organisationId, product, channel)
  )
}

function sendDocument(request: FastifyRequest, reply: FastifyReply, { body, cache }: { body: string; cache: string }) {
  const etag = `"${createHash('sha256').update(body).digest('base64url')}"`
  reply.header('etag', etag).header('cache-control', cache).header('vary', 'authorization')
  if (request.headers['if-none-match'] === etag) return reply.code(304).send()
  return reply.type('application/json').send(body)
}
