// The mail that invites.
import type { Tx } from '#platform/db'
import type { IdentityDeps } from '../deps.ts'
import { findOrganisationRecord } from '../organisations/organisation-store.ts'
import { findVendorName } from '../vendor/vendor-store.ts'
import { DAYS, type Invitation } from './invitation.ts'

export async function mailInvitation(
  { mail, words, publicUrl }: Pick<IdentityDeps, 'mail' | 'words' | 'publicUrl'>,
  tx: Tx,
  { invitation, token }: { invitation: Invitation; token: string },
) {
  const { place, email } = invitation
  const organisation = 'roles' in place ? undefined : await findOrganisationRecord(tx, place.organisationId)
  const language = organisation?.language
  const where = organisation?.name ?? (await findVendorName(tx))
  const values = { where, url: `${publicUrl}/invite/${token}`, days: DAYS }
  await mail.post(tx, {
    to: email,
    subject: words.say('identity:invitation_mail_subject', values, language),
    text: words.say('identity:invitation_mail_text', values, language),
  })
}
