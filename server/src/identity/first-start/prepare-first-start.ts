// Makes sure that somebody can get in: the administrator of the configuration, or a one-time link while there is no staff at all.
import type { Reader } from '#platform/db'
import { Refusal } from '#platform/errors'
import { newSecret } from '#platform/ids'
import { SYSTEM } from '../actor.ts'
import type { IdentityDeps } from '../deps.ts'
import { hashOf, settlePerson } from '../people/add-person.ts'
import { hasStaff, lockStaff } from '../staff/staff-store.ts'
import { digestOf } from '../tokens/token.ts'
import { isSetupLink, removeSetupLinks, replaceSetupLink } from './setup-store.ts'

type Deps = Pick<IdentityDeps, 'db' | 'clock' | 'publicUrl'>

/** Every start may call it: where staff is, it does nothing; where not, the link of the last start is void. */
export async function prepareFirstStart({ db, clock, publicUrl }: Deps, admin: { email: string; password: string } | undefined) {
  if (await hasStaff(db)) return { setupUrl: undefined }
  const hash = await hashOf(admin?.password)
  const token = newSecret()
  const now = clock.now()
  return db.transaction().execute(async (tx) => {
    if ((await lockStaff(tx)).length > 0) return { setupUrl: undefined }
    if (!admin) {
      await replaceSetupLink(tx, { digest: digestOf(token), now })
      return { setupUrl: `${publicUrl}/setup/${token}` }
    }
    await settlePerson(tx, {
      actor: SYSTEM,
      person: { name: nameOf(admin.email), email: admin.email, place: { roles: ['administrator'] } },
      hash,
      now,
    })
    await removeSetupLinks(tx)
    return { setupUrl: undefined }
  })
}

export async function refuseUnlessSetupLink(db: Reader, token: string) {
  if (!(await isSetupLink(db, digestOf(token))) || (await hasStaff(db)))
    throw new Refusal(
      'not_found',
      'setup.link_void',
      'This set-up link was used, or Fairway was started again since. The newest one stands in its output.',
    )
}

/** The first administrator, by the link; it works once. */
export async function completeSetup(
  { db, clock }: Deps,
  { token, name, email, password }: { token: string; name: string; email: string; password: string },
) {
  await refuseUnlessSetupLink(db, token)
  const hash = await hashOf(password)
  return db.transaction().execute(async (tx) => {
    await lockStaff(tx)
    await refuseUnlessSetupLink(tx, token)
    await removeSetupLinks(tx)
    return settlePerson(tx, {
      actor: undefined,
      person: { name, email, place: { roles: ['administrator'] } },
      hash,
      now: clock.now(),
    })
  })
}

function nameOf(email: string) {
  return email.split('@')[0] || email
}
