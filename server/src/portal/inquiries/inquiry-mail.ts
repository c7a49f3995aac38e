// Mails about an inquiry: to whom, and posted in the transaction that caused them.
import type { Tx } from '#platform/db'
import type { PortalDeps } from '../deps.ts'
import { languageOf } from '../words.ts'
import type { Inquiry } from './inquiry.ts'
import { listWriters } from './message-store.ts'

export interface Recipients {
  addresses: string[]
  language: string
}

/** Who opened it and who wrote in it; where none of them is left, the managers, so that somebody knows. Ask before the transaction. */
export async function listRecipients(
  { db, identity }: Pick<PortalDeps, 'db' | 'identity'>,
  inquiry: Inquiry,
): Promise<Recipients> {
  const members = await identity.listMembers(inquiry.organisationId)
  const part = new Set([inquiry.openedBy, ...(await listWriters(db, inquiry.id))])
  const takingPart = members.filter((member) => part.has(member.id))
  const told = takingPart.length > 0 ? takingPart : members.filter((member) => member.role === 'manager')
  const organisation = await identity.findOrganisation(inquiry.organisationId)
  return { addresses: [...new Set(told.map((member) => member.email))], language: languageOf(organisation?.language) }
}

interface About {
  recipients: Recipients
  inquiry: Pick<Inquiry, 'id' | 'title'>
  about: 'closed_by_itself' | 'closed' | 'reopened_by_itself' | 'answered'
  sentence: string
}

export async function postMails(
  tx: Tx,
  { mail, words, publicUrl }: Pick<PortalDeps, 'mail' | 'words' | 'publicUrl'>,
  { recipients, inquiry, about, sentence }: About,
) {
  const { id, title } = inquiry
  const { addresses, language } = recipients
  const subject = words.say(`portal:mail.${about}.subject`, { id, title }, language)
  const text = words.say(`portal:mail.${about}.text`, { id, title, sentence, link: `${publicUrl}/inquiries/${id}` }, language)
  for (const to of addresses) await mail.post(tx, { to, subject, text })
}
