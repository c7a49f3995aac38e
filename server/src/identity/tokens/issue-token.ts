// Gives somebody an API token; the text is shown once and kept nowhere.
import { invalidField, Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { Member, Scope, Staff } from '../actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { grantableScopes, makeToken } from './token.ts'
import { addToken, type TokenRecord } from './token-store.ts'

export interface TokenWish {
  name: string
  scopes: Scope[]
  expiresAt?: Date | null | undefined
}

export async function issueToken(
  { db, clock }: Pick<IdentityDeps, 'db' | 'clock'>,
  actor: Staff | Member,
  { name, scopes, expiresAt = null }: TokenWish,
): Promise<TokenRecord & { token: string }> {
  const now = clock.now()
  const tooMuch = scopes.filter((scope) => !grantableScopes(actor).includes(scope))
  if (tooMuch.length > 0)
    throw new Refusal(
      'forbidden',
      'token.scope_not_yours',
      `A token of yours may not have ${tooMuch.join(', ')}; it may have ${grantableScopes(actor).join(', ')}.`,
    )
  if (expiresAt && expiresAt <= now)
    throw invalidField('/expiresAt', 'token.expires_in_the_past', 'The time at which the token expires must be to come.')
  const { id, digest, text } = makeToken()
  const token = { id, personId: actor.id, name, scopes: [...new Set(scopes)], createdAt: now, expiresAt }

  await db.transaction().execute(async (tx) => {
    await addToken(tx, { ...token, digest })
    await announce(tx, {
      name: 'identity.token_created',
      subject: id,
      actor: actor.id,
      occurredAt: now,
      body: { tokenId: id, personId: actor.id, scopes: token.scopes },
    })
  })
  return { ...token, lastUsedAt: null, revokedAt: null, token: text }
}
