// The doors to API tokens. They have no scope: tokens are made and ended by a session, or by a token that may do everything.
import { Type } from 'typebox'
import type { Http } from '#platform/http'
import { signedIn } from '../access/signed-in.ts'
import type { IdentityDeps } from '../deps.ts'
import { issueToken } from './issue-token.ts'
import { revokeToken } from './revoke-token.ts'
import { IssuedToken, NewToken, TokenList, TokenPath } from './token-schemas.ts'
import { listTokensOf, type TokenRecord } from './token-store.ts'

export function tokenRoutes(http: Http, deps: IdentityDeps) {
  http.post(
    '/api/v1/tokens',
    { schema: { operationId: 'createToken', body: NewToken, response: { 201: IssuedToken } }, config: { secretAnswer: true } },
    async ({ actor, body: { name, scopes, expiresAt } }, reply) => {
      const { token, ...record } = await issueToken(deps, signedIn(actor), {
        name,
        scopes,
        expiresAt: expiresAt ? new Date(expiresAt) : null,
      })
      return reply.code(201).send({ ...toTokenView(record), token })
    },
  )

  http.get('/api/v1/tokens', { schema: { operationId: 'listTokens', response: { 200: TokenList } } }, async ({ actor }) => {
    const tokens = await listTokensOf(deps.db, signedIn(actor).id)
    return { items: tokens.map(toTokenView) }
  })

  http.delete(
    '/api/v1/tokens/:tokenId',
    { schema: { operationId: 'revokeToken', params: TokenPath, response: { 204: Type.Null() } } },
    async ({ actor, params }, reply) => {
      await revokeToken(deps, actor, params.tokenId)
      return reply.code(204).send(null)
    },
  )
}

function toTokenView({ id, name, scopes, ...dates }: Omit<TokenRecord, 'personId'>) {
  const text = (date: Date | null) => date?.toISOString() ?? null
  return {
    id,
    name,
    scopes,
    createdAt: dates.createdAt.toISOString(),
    expiresAt: text(dates.expiresAt),
    lastUsedAt: text(dates.lastUsedAt),
    revokedAt: text(dates.revokedAt),
  }
}
