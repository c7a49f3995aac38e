// The fix did not hold on an installation that had proved it: the inquiry opens again and says why.
import { actorLabel, SYSTEM } from '#identity'
import { announce } from '#platform/events'
import type { PortalDeps } from '../deps.ts'
import { statusAfter } from '../inquiries/inquiry.ts'
import { listRecipients, postMails } from '../inquiries/inquiry-mail.ts'
import { findInquiry, lockInquiry, saveReopened } from '../inquiries/inquiry-store.ts'
import { addMessage } from '../inquiries/message-store.ts'
import { sayReopened } from './closing-words.ts'
import type { GuardJudgement } from './judge-guard.ts'
import { trustAnew } from './trust-anew.ts'
import type { Watch } from './watch.ts'
import { lockClaimedWatch, saveWatch } from './watch-store.ts'

export async function reopenByItself(deps: PortalDeps, watch: Watch, broken: Extract<GuardJudgement, { kind: 'broken' }>) {
  const { db, clock, words } = deps
  const found = await findInquiry(db, watch.id)
  if (!found) return
  const recipients = await listRecipients(deps, found)
  const now = clock.now()
  const sentence = sayReopened(words, { ...broken, at: now }, recipients.language)

  await db.transaction().execute(async (tx) => {
    const inquiry = await lockInquiry(tx, watch.id)
    if (!(await lockClaimedWatch(tx, watch))) return
    const status = statusAfter(inquiry.status, 'reopen')
    if (!status) return saveWatch(tx, { ...watch, state: 'done', nextAt: null })

    await addMessage(tx, inquiry.id, { authorKind: 'system', authorId: null, text: sentence, createdAt: now })
    await saveReopened(tx, inquiry, { status, at: now })
    // One that went back has the fix before it again; one that is ill with it needs another fix, or a person.
    await saveWatch(tx, trustAnew(watch, { now, disproved: broken.because === 'unhealthy' ? inquiry.closing : null }))
    await postMails(tx, deps, { recipients, inquiry, about: 'reopened_by_itself', sentence })
    await announce(tx, {
      name: 'portal.inquiry_reopened',
      subject: inquiry.id,
      actor: actorLabel(SYSTEM),
      organisationId: inquiry.organisationId,
      occurredAt: now,
      body: { inquiryId: inquiry.id, by: 'itself', because: broken.because, installationId: broken.installationId },
    })
  })
}
