// A person closes an inquiry: staff because it is answered, a customer because it is solved.
import { type Actor, actorLabel } from '#identity'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { overtakeWatch, saveWatch } from '../closing/watch-store.ts'
import type { PortalDeps } from '../deps.ts'
import { getInquiryToHandle, getInquiryToTakePart } from './get-inquiry.ts'
import { type Inquiry, statusAfter } from './inquiry.ts'
import { listRecipients, postMails, type Recipients } from './inquiry-mail.ts'
import { lockInquiry, saveClosed } from './inquiry-store.ts'

type Deps = Pick<PortalDeps, 'db' | 'clock' | 'identity' | 'mail' | 'words' | 'publicUrl'>

export async function closeInquiry(deps: Deps, actor: Actor, inquiryId: string) {
  const inquiry = await getInquiryToHandle(deps.db, actor, inquiryId)
  await close(deps, actor, { inquiry, recipients: await listRecipients(deps, inquiry) })
}

/** "This solved it": nobody has to be told but us. */
export async function confirmSolved(deps: Deps, actor: Actor, inquiryId: string) {
  const inquiry = await getInquiryToTakePart(deps.db, actor, inquiryId)
  if (actor.kind !== 'member')
    throw new Refusal('forbidden', 'inquiry.not_yours', 'Only the customer can say that it is solved. You can close it.')
  await close(deps, actor, { inquiry, recipients: undefined })
}

async function close(
  deps: Deps,
  actor: Actor,
  { inquiry: found, recipients }: { inquiry: Inquiry; recipients: Recipients | undefined },
) {
  const { db, clock, words } = deps
  const now = clock.now()
  const { id } = found
  await db.transaction().execute(async (tx) => {
    const inquiry = await lockInquiry(tx, id)
    const status = statusAfter(inquiry.status, 'close')
    if (!status) throw new Refusal('conflict', 'inquiry.closed', `${id} is closed already.`)
    await saveClosed(tx, id, { status, at: now, by: actorLabel(actor), closing: null })
    const watch = await overtakeWatch(tx, id)
    if (watch) await saveWatch(tx, { ...watch, state: 'done', nextAt: null })
    if (recipients && actor.kind === 'staff') {
      const sentence = words.say('portal:closed.by_person', { name: actor.name, id }, recipients.language)
      await postMails(tx, deps, { recipients, inquiry, about: 'closed', sentence })
    }
    await announce(tx, {
      name: 'portal.inquiry_closed',
      subject: id,
      actor: actorLabel(actor),
      organisationId: inquiry.organisationId,
      occurredAt: now,
      body: { inquiryId: id, by: 'person' },
    })
  })
}
