// The doors to oneself: who am I, and where am I signed in.
import { Type } from 'typebox'
import { Refusal } from '#platform/errors'
import type { Http } from '#platform/http'
import { signedIn } from '../access/signed-in.ts'
import type { Member, Scope, Staff } from '../actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { findOrganisationRecord } from '../organisations/organisation-store.ts'
import { grantableScopes } from '../tokens/token.ts'
import { MeView, SessionList, SessionPath } from './me-schemas.ts'
import { findFactors, listSessionsOf, removeSession } from './session-store.ts'

export function meRoutes(http: Http, deps: IdentityDeps) {
  const { db, clock } = deps
  http.get('/api/v1/me', { schema: { operationId: 'getMe', response: { 200: MeView } } }, ({ actor, scopes, sessionKey }) =>
    me(deps, signedIn(actor), { scopes, credential: sessionKey.startsWith('tk_') ? 'token' : 'session' }),
  )

  http.get(
    '/api/v1/sessions',
    { schema: { operationId: 'listSessions', response: { 200: SessionList } } },
    async ({ actor, sessionKey }) => {
      const sessions = await listSessionsOf(db, signedIn(actor).id, clock.now())
      return {
        items: sessions.map((one) => ({
          ...one,
          isCurrent: one.id === sessionKey,
          createdAt: one.createdAt.toISOString(),
          expiresAt: one.expiresAt.toISOString(),
        })),
      }
    },
  )

  http.delete(
    '/api/v1/sessions/:sessionId',
    { schema: { operationId: 'revokeSession', params: SessionPath, response: { 204: Type.Null() } } },
    async ({ actor, params }, reply) => {
      const removed = await removeSession(db, { id: params.sessionId, personId: signedIn(actor).id })
      if (!removed) throw new Refusal('not_found', 'session.unknown', `You have no session ${params.sessionId}.`)
      return reply.code(204).send(null)
    },
  )
}

async function me(
  { db, permissionsOf }: IdentityDeps,
  actor: Staff | Member,
  credential: { scopes: readonly Scope[]; credential: 'session' | 'token' },
) {
  const { hasPassword, ...twoFactor } = await findFactors(db, actor.id)
  const organisation = actor.kind === 'member' ? await findOrganisationRecord(db, actor.organisationId) : undefined
  const grantable = grantableScopes(actor)
  return {
    ...actor,
    roles: actor.kind === 'staff' ? actor.roles : [],
    organisation: organisation && actor.kind === 'member' ? { ...organisation, role: actor.role } : null,
    permissions: permissionsOf(actor),
    credential: credential.credential,
    scopes: credential.scopes.filter((scope) => grantable.includes(scope)),
    grantableScopes: grantable,
    hasPassword,
    twoFactor,
  }
}
