// Finds an inquiry for somebody: what they may not see does not exist.
import type { Actor } from '#identity'
import type { Reader } from '#platform/db'
import { Refusal } from '#platform/errors'
import type { Inquiry } from './inquiry.ts'
import { mayHandle, maySeeInquiry, mayTakePart } from './inquiry-policy.ts'
import { findInquiry } from './inquiry-store.ts'

export async function getInquiry(db: Reader, actor: Actor, id: string): Promise<Inquiry> {
  const inquiry = await findInquiry(db, id)
  if (!inquiry || !maySeeInquiry(actor, inquiry)) throw new Refusal('not_found', 'inquiry.unknown', `There is no inquiry ${id}.`)
  return inquiry
}

/** To write in it, attach to it, close it or reopen it. */
export async function getInquiryToTakePart(db: Reader, actor: Actor, id: string) {
  const inquiry = await getInquiry(db, actor, id)
  if (!mayTakePart(actor, inquiry))
    throw new Refusal('forbidden', 'inquiry.read_only', 'You may read inquiries, but not answer them.')
  return inquiry
}

/** For what only staff do. */
export async function getInquiryToHandle(db: Reader, actor: Actor, id: string) {
  const inquiry = await getInquiry(db, actor, id)
  if (!mayHandle(actor)) throw new Refusal('forbidden', 'inquiry.not_yours', 'This is for the people who handle inquiries.')
  return inquiry
}
