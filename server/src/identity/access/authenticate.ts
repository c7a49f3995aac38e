// Puts on each request who sends it, and refuses at the door who may not knock there.
import '../request.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import { ANONYMOUS } from '../actor.ts'
import type { IdentityDeps } from '../deps.ts'
import type { Auth } from '../sign-in/auth.ts'
import type { LastUses } from '../tokens/last-uses.ts'
import { lacksScope } from '../tokens/token.ts'
import { type Credential, credentialOfSession, credentialOfToken } from './credential.ts'
import { isForeignOrigin } from './origin.ts'

export interface AccessDeps extends Pick<IdentityDeps, 'db' | 'clock' | 'publicUrl'> {
  auth: Auth
  lastUses: LastUses
}

const API = /^\/api\/v1(\/|\?|$)/

/** Registered before the routes. Other addresses (pages, the agent protocol, health) know nobody, but for those that take tokens. */
export function authenticate(http: Http, deps: AccessDeps) {
  http.decorateRequest('actor')
  http.decorateRequest('scopes')
  http.decorateRequest('sessionKey', '')

  http.addHook('onRequest', (request, reply, done) => {
    request.actor = ANONYMOUS
    request.scopes = []
    const isApi = API.test(request.url)
    // Check-ins pass here by the thousand: they wait for nothing.
    if (isApi || request.routeOptions.config?.takesToken) return findOut(deps, request, { reply, isApi })
    done()
    return undefined
  })
}

async function findOut(deps: AccessDeps, request: FastifyRequest, { reply, isApi }: { reply: FastifyReply; isApi: boolean }) {
  const credential = await findCredential(deps, request, isApi)
  if (credential) leave(credential, request, reply)
  if (isApi && !request.is404) enforce(deps, request, credential)
}

async function findCredential(deps: AccessDeps, { headers }: FastifyRequest, isApi: boolean) {
  if (headers.authorization !== undefined) return credentialOfToken(deps, headers.authorization)
  return isApi && headers.cookie?.includes('fairway.session_token=') ? credentialOfSession(deps, headers.cookie) : undefined
}

function leave({ actor, scopes, key, setCookies }: Credential, request: FastifyRequest, reply: FastifyReply) {
  request.actor = actor
  request.scopes = scopes
  request.sessionKey = key
  request.caller = `person:${actor.id}`
  if (setCookies.length > 0) reply.header('set-cookie', setCookies)
}

function enforce({ publicUrl }: AccessDeps, request: FastifyRequest, credential: Credential | undefined) {
  const { access, scope } = request.routeOptions.config
  if (!credential) {
    if (access === 'public') return
    throw new Refusal('unauthenticated', 'session.missing', 'Sign in first, or send an API token: Authorization: Bearer fw_…')
  }
  if (credential.kind === 'session') {
    if (isForeignOrigin(request, publicUrl))
      throw new Refusal('forbidden', 'session.foreign_origin', `A browser may do this from ${publicUrl} only.`)
    return
  }
  const missing = access === 'public' ? [] : lacksScope(credential.scopes, { method: request.method, scope })
  if (missing.length > 0)
    throw new Refusal('forbidden', 'token.scope_missing', `This needs a token with ${missing.join(', ')}, or a session.`)
}
