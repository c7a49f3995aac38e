// The inquiry answers, closes and mails, all in one transaction: exactly once, whoever is killed when.
import { actorLabel, SYSTEM } from '#identity'
import { after } from '#platform/clock'
import { announce } from '#platform/events'
import type { PortalDeps } from '../deps.ts'
import { type Closing, statusAfter } from '../inquiries/inquiry.ts'
import { listRecipients, postMails } from '../inquiries/inquiry-mail.ts'
import { findInquiry, lockInquiry, saveClosed } from '../inquiries/inquiry-store.ts'
import { addMessage } from '../inquiries/message-store.ts'
import { sayClosed } from './closing-words.ts'
import { firstFix } from './fixed-version.ts'
import type { Judgement } from './judge-inquiry.ts'
import type { Watch } from './watch.ts'
import { lockClaimedWatch, saveWatch } from './watch-store.ts'

export async function closeByItself(deps: PortalDeps, watch: Watch, { proof, silent }: Extract<Judgement, { kind: 'fixed' }>) {
  const { db, clock, words, timing } = deps
  const found = await findInquiry(db, watch.id)
  if (!found) return
  const recipients = await listRecipients(deps, found)
  const now = clock.now()
  const fix = firstFix(proof)
  const closing: Closing = {
    knownErrorId: watch.knownErrorId,
    releaseId: fix.fixReleaseId,
    version: fix.fixVersion,
    at: now,
    proof,
    silent,
  }
  const sentence = sayClosed(words, closing, recipients.language)

  await db.transaction().execute(async (tx) => {
    const inquiry = await lockInquiry(tx, watch.id)
    if (!(await lockClaimedWatch(tx, watch))) return
    const status = statusAfter(inquiry.status, 'close_by_itself')
    // A person was faster.
    if (!status) return saveWatch(tx, { ...watch, state: 'done', nextAt: null })

    await addMessage(tx, inquiry.id, { authorKind: 'system', authorId: null, text: sentence, createdAt: now })
    await saveClosed(tx, inquiry.id, { status, at: now, by: 'itself', closing })
    const guardUntil = after(now, timing.guardMs)
    await saveWatch(tx, { ...watch, state: 'guarding', guardUntil, because: 'fixed', waitsFor: [], nextAt: guardUntil })
    await postMails(tx, deps, { recipients, inquiry, about: 'closed_by_itself', sentence })
    await announce(tx, {
      name: 'portal.inquiry_closed',
      subject: inquiry.id,
      actor: actorLabel(SYSTEM),
      organisationId: inquiry.organisationId,
      occurredAt: now,
      body: {
        inquiryId: inquiry.id,
        by: 'itself',
        knownErrorId: watch.knownErrorId,
        releaseId: closing.releaseId,
        version: closing.version,
        installationIds: proof.map((one) => one.installationId),
      },
    })
  })
}
