// Somebody writes in an inquiry; the other side is told.
import { type Actor, actorLabel } from '#identity'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import type { PortalDeps } from '../deps.ts'
import { getInquiryToTakePart } from './get-inquiry.ts'
import { type ChosenStatus, type Deed, isClosed, MOST_MESSAGES, statusAfter } from './inquiry.ts'
import { listRecipients, postMails } from './inquiry-mail.ts'
import { lockInquiry, saveStatus } from './inquiry-store.ts'
import { addMessage, countMessages } from './message-store.ts'

export interface Answer {
  inquiryId: string
  text: string
  /** Staff may say whose turn it is; otherwise it is the customer's. */
  status?: ChosenStatus
}

type Deps = Pick<PortalDeps, 'db' | 'clock' | 'identity' | 'mail' | 'words' | 'publicUrl'>

export async function answerInquiry(deps: Deps, actor: Actor, { inquiryId, text, status: wish }: Answer) {
  const { db, clock, words } = deps
  const found = await getInquiryToTakePart(db, actor, inquiryId)
  if (actor.kind === 'member' && wish !== undefined)
    throw new Refusal('forbidden', 'inquiry.status_not_yours', 'Only staff say whose turn it is. Leave out the status.')
  const byStaff = actor.kind === 'staff'
  const recipients = byStaff ? await listRecipients(deps, found) : undefined
  const now = clock.now()

  await db.transaction().execute(async (tx) => {
    const inquiry = await lockInquiry(tx, inquiryId)
    if (isClosed(inquiry)) throw new Refusal('conflict', 'inquiry.closed', `${inquiryId} is closed. Reopen it to write in it.`)
    if ((await countMessages(tx, inquiryId)) >= MOST_MESSAGES)
      throw new Refusal(
        'conflict',
        'inquiry.too_long',
        `${inquiryId} has ${MOST_MESSAGES} messages. Open a new one that refers to it.`,
      )
    const status = statusAfter(inquiry.status, deedOf(actor, wish)) ?? inquiry.status
    await addMessage(tx, inquiryId, {
      authorKind: byStaff ? 'staff' : 'member',
      authorId: actorLabel(actor),
      text,
      createdAt: now,
    })
    await saveStatus(tx, inquiry, { status, at: now, answered: byStaff })
    if (recipients && actor.kind === 'staff') {
      const sentence = words.say('portal:answered.by', { name: actor.name, text }, recipients.language)
      await postMails(tx, deps, { recipients, inquiry, about: 'answered', sentence })
    }
    await announce(tx, {
      name: 'portal.inquiry_answered',
      subject: inquiryId,
      actor: actorLabel(actor),
      organisationId: inquiry.organisationId,
      occurredAt: now,
      body: { inquiryId, by: byStaff ? 'staff' : 'member', status },
    })
  })
}

function deedOf(actor: Actor, wish: ChosenStatus | undefined): Deed {
  if (actor.kind === 'member') return 'customer_answers'
  return wish === 'with_us' ? 'staff_answers_and_goes_on' : 'staff_answers_and_waits'
}
