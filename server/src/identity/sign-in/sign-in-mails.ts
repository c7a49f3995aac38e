// The mails of signing in: the link, and the news that a password was changed.
import type { IdentityDeps } from '../deps.ts'
import { findActorByEmail } from '../people/person-store.ts'
import { findVendorName } from '../vendor/vendor-store.ts'

export const LINK_MINUTES = 15

/** To a person who is here; anybody else gets nothing, and the asker learns nothing. */
export async function mailSignInLink({ db, mail, words, publicUrl }: IdentityDeps, email: string, token: string) {
  const person = await findActorByEmail(db, email)
  if (!person) return
  const vendor = await findVendorName(db)
  const values = { name: person.name, minutes: LINK_MINUTES, url: `${publicUrl}/sign-in/link/${token}` }
  await db.transaction().execute((tx) =>
    mail.post(tx, {
      to: person.email,
      subject: words.say('identity:link_mail_subject', { vendor }),
      text: words.say('identity:link_mail_text', values),
    }),
  )
}

export async function mailPasswordChanged(
  { db, mail, words, publicUrl, log }: IdentityDeps,
  { name, email }: { name: string; email: string },
) {
  const text = words.say('identity:password_mail_text', { name, url: `${publicUrl}/sign-in` })
  await db
    .transaction()
    .execute(async (tx) => {
      const subject = words.say('identity:password_mail_subject', { vendor: await findVendorName(tx) })
      await mail.post(tx, { to: email, subject, text })
    })
    // The password is changed by now; that stays true without the mail.
    .catch((error: unknown) => log.error({ err: error }, 'the mail about a changed password could not be kept'))
}
