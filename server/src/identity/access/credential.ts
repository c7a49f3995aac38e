// Finds out who sends a request: by its API token, or by the session of its browser.
import { Refusal } from '#platform/errors'
import type { Clock } from '#platform/clock'
import type { Db } from '#platform/db'
import { type Member, type Scope, SCOPES, type Staff } from '../actor.ts'
import { findActor } from '../people/person-store.ts'
import type { Auth } from '../sign-in/auth.ts'
import type { LastUses } from '../tokens/last-uses.ts'
import { findTokenWithHolder } from '../tokens/token-store.ts'
import { grantableScopes, isSecretOf, readToken, whyNotUse } from '../tokens/token.ts'

export interface Credential {
  kind: 'token' | 'session'
  actor: Staff | Member
  scopes: readonly Scope[]
  /** Id of the token or the session. */
  key: string
  /** Cookies of a session that was prolonged. */
  setCookies: string[]
}

const WHY = {
  'token.unknown': 'This token is not one of ours, or its person has no access any more. Make a new one.',
  'token.expired': 'This token has expired. Make a new one.',
  'token.revoked': 'This token was revoked. Make a new one.',
}

/** A token that is wrong in any way is refused, never taken for nobody. */
export async function credentialOfToken(
  { db, clock, lastUses }: { db: Db; clock: Clock; lastUses: LastUses },
  authorization: string,
): Promise<Credential> {
  const refuse = (code: keyof typeof WHY) => new Refusal('unauthenticated', code, WHY[code])
  const given = readToken(/^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? '')
  const token = given && (await findTokenWithHolder(db, given.id))
  if (!token || !isSecretOf(token.digest, given.secret)) throw refuse('token.unknown')
  const reason = whyNotUse(token, clock.now())
  if (reason) throw refuse(reason)
  if (!token.holder) throw refuse('token.unknown')
  lastUses.note(token.id)
  const allowed = grantableScopes(token.holder)
  return {
    kind: 'token',
    actor: token.holder,
    scopes: token.scopes.filter((scope) => allowed.includes(scope)),
    key: token.id,
    setCookies: [],
  }
}

/** Undefined: no session, one that ended, or of somebody who was removed. */
export async function credentialOfSession({ db, auth }: { db: Db; auth: Auth }, cookie: string): Promise<Credential | undefined> {
  const { response, headers } = await auth.api.getSession({ headers: new Headers({ cookie }), returnHeaders: true })
  const actor = response && (await findActor(db, response.user.id))
  return actor
    ? { kind: 'session', actor, scopes: SCOPES, key: response.session.id, setCookies: headers?.getSetCookie() ?? [] }
    : undefined
}
