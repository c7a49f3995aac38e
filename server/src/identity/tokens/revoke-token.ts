// Ends an API token at once: one's own, or anybody's by an administrator.
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { type Actor, actorLabel, hasRole } from '../actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { lockToken, saveTokenRevoked } from './token-store.ts'

export async function revokeToken({ db, clock }: Pick<IdentityDeps, 'db' | 'clock'>, actor: Actor, id: string) {
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    const token = await lockToken(tx, id)
    const may = token && (token.personId === actorLabel(actor) || hasRole(actor))
    if (!may) throw new Refusal('not_found', 'token.unknown', `There is no token ${id} of yours.`)
    if (token.revokedAt) return
    await saveTokenRevoked(tx, id, now)
    await announce(tx, {
      name: 'identity.token_revoked',
      subject: id,
      actor: actorLabel(actor),
      occurredAt: now,
      body: { tokenId: id, personId: token.personId },
    })
  })
}
