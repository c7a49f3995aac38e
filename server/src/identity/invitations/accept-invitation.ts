// Lets the invited person in: once, and only while the invitation is open.
import type { Reader } from '#platform/db'
import { Refusal } from '#platform/errors'
import type { IdentityDeps } from '../deps.ts'
import { hashOf, settlePerson } from '../people/add-person.ts'
import { digestOf } from '../tokens/token.ts'
import { type Invitation, stateOf } from './invitation.ts'
import { findInvitationByDigest, lockInvitationByDigest, saveAccepted } from './invitation-store.ts'

/** Refuses a link that is unknown, was used, was taken back, or is too old. */
export async function getOpenInvitation(db: Reader, token: string, now: Date) {
  return refuseUnlessOpen(await findInvitationByDigest(db, digestOf(token)), now)
}

export async function acceptInvitation(
  { db, clock }: Pick<IdentityDeps, 'db' | 'clock'>,
  { token, name, password }: { token: string; name: string; password: string | undefined },
) {
  const now = clock.now()
  // Asked before the hash, which costs time.
  await getOpenInvitation(db, token, now)
  const hash = await hashOf(password)

  return db.transaction().execute(async (tx) => {
    const { id, email, place } = refuseUnlessOpen(await lockInvitationByDigest(tx, digestOf(token)), now)
    const person = await settlePerson(tx, { actor: undefined, person: { name, email, place }, hash, now })
    await saveAccepted(tx, id, now)
    return person
  })
}

function refuseUnlessOpen(found: Invitation | undefined, now: Date) {
  if (found && stateOf(found, now) === 'open') return found
  throw new Refusal(
    'not_found',
    'invitation.not_open',
    'This invitation was used, was taken back, or is older than a week. Ask for a new one.',
  )
}
