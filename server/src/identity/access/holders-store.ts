// SQL of who holds sessions and tokens now, many at once.
import '../tables.ts'
import type { Db } from '#platform/db'
import type { Member, Staff } from '../actor.ts'
import { selectPeople, toActor } from '../people/person-store.ts'

/** By key (`request.sessionKey`); what has ended, or whose person has no place any more, is not in it. */
export async function holdersOf(db: Db, keys: string[], now: Date) {
  const tokens = await selectPeople(db)
    .innerJoin('identity.token as token', 'token.person_id', 'user.id')
    .select('token.id as key')
    .where('token.id', 'in', keys)
    .where('token.revoked_at', 'is', null)
    .where((eb) => eb.or([eb('token.expires_at', 'is', null), eb('token.expires_at', '>', now)]))
    .execute()
  const sessions = await selectPeople(db)
    .innerJoin('identity.session as session', 'session.userId', 'user.id')
    .select('session.id as key')
    .where('session.id', 'in', keys)
    .where('session.expiresAt', '>', now)
    .execute()
  const holders = new Map<string, Staff | Member>()
  for (const row of [...tokens, ...sessions]) {
    const holder = toActor(row)
    if (holder) holders.set(row.key, holder)
  }
  return holders
}
