// The doors of the agent protocol, /updates/v1 (docs/agent-protocol.md). A check-in runs no SQL.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '#platform/errors'
import { sendFile } from '#platform/http/send-file'
import type { Http } from '#platform/http'
import type { ProtocolDeps } from '../../deps.ts'
import { ArtifactPath, CheckInRequest, EnrolmentRequest, NonceRequest, ReportRequest, TokenRequest } from './agent-schemas.ts'
import { answerCheckIn, CHECK_INS } from './answer-check-in.ts'
import type { Agent } from './identify-agent.ts'
import { mayFetch, patchRoutes, unknownArtifact } from './patch-routes.ts'
import { POLL_SECONDS } from './render.ts'

const config = { access: 'public' } as const
/** Programs ask here, thousands a second; what protects pages would be most of the answer. */
const helmet = false

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks, once its token was read. */
    agent: Agent | undefined
  }
}

export function agentRoutes(http: Http, deps: ProtocolDeps) {
  http.decorateRequest('agent', undefined)
  admissionRoutes(http, deps)
  const { fleet, delivery, snapshot } = deps
  // Known before the rate limit counts: a fleet behind one address is many installations, not one (preValidation comes first).
  const preValidation = (request: FastifyRequest, _reply: FastifyReply, done: () => void) => {
    request.agent = deps.identifyAgent(request.headers.authorization)
    request.caller = request.agent.caller
    request.minute = request.agent.minute
    done()
  }

  http.post(CHECK_INS, { schema: { body: CheckInRequest }, config, helmet, preValidation }, (request, reply) =>
    reply.type('application/json; charset=utf-8').send(answerCheckIn(deps, known(request), request.body)),
  )

  http.post('/updates/v1/reports', { schema: { body: ReportRequest }, config, helmet, preValidation }, async (request) => {
    const { installation } = known(request)
    const reports = request.body.reports.map(({ reason, ...report }) => ({ ...report, reason: reason ?? null }))
    await fleet.saveReports(installation.id, reports)
    return { stored: reports.map(({ reportId }) => reportId) }
  })

  http.get(
    '/updates/v1/artifacts/:artifactId',
    { schema: { params: ArtifactPath }, config, helmet, preValidation },
    async (request, reply) => {
      const { artifactId } = request.params
      const file = mayFetch(snapshot(), known(request), artifactId) ? await delivery.artifactFile(artifactId) : undefined
      if (!file) throw unknownArtifact()
      return sendFile(reply, request.headers, file)
    },
  )
  patchRoutes(http, deps, { preValidation, known })
}

/** Before an installation has a name, or proves that it has one. */
function admissionRoutes(http: Http, { fleet, snapshot, delivery }: ProtocolDeps) {
  http.post('/updates/v1/enrolments', { schema: { body: EnrolmentRequest }, config, helmet }, async ({ body }, reply) => {
    const installation = await fleet.enrol(body)
    // Another process may have made the product a moment ago, before this one heard of it.
    const product = snapshot().product(installation.productId) ?? (await delivery.findProduct(installation.productId))
    if (!product) throw new Refusal('not_found', 'product.unknown', 'The product of this enrolment is gone.')
    return reply.code(201).send({
      installationId: installation.id,
      product: installation.productId,
      channel: installation.channel,
      manifestKey: product.manifestKey,
      pollSeconds: POLL_SECONDS,
    })
  })
  const preValidation = async (request: FastifyRequest) => claim(fleet, request)
  http.post('/updates/v1/nonces', { schema: { body: NonceRequest }, config, helmet, preValidation }, () => fleet.issueNonce())
  http.post('/updates/v1/tokens', { schema: { body: TokenRequest }, config, helmet, preValidation }, ({ body }) =>
    fleet.exchangeProof(body),
  )
}

/**
 * Limits count by who one claims to be, together with the address: a fleet behind one address is not one caller,
 * and a stranger who knows an id slows nobody else down. Unknown ids count by address.
 */
function claim(fleet: ProtocolDeps['fleet'], request: FastifyRequest) {
  // Before validation: it may be anything.
  const id =
    typeof request.body === 'object' && request.body && 'installationId' in request.body ? request.body.installationId : undefined
  if (typeof id === 'string' && fleet.isKnown(id)) request.caller = `claims:${id}:${request.ip}`
}

/** Behind the door that asked for a token. */
function known({ agent }: FastifyRequest) {
  if (!agent) throw new Error('This route has no preValidation that reads the token.')
  return agent
}
