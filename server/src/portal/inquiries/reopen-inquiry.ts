// A person reopens an inquiry; what closed it by itself is not believed a second time.
import { type Actor, actorLabel, isStaff } from '#identity'
import { Refusal } from '#platform/errors'
import { announce } from '#platform/events'
import { trustAnew } from '../closing/trust-anew.ts'
import { overtakeWatch, saveWatch } from '../closing/watch-store.ts'
import type { PortalDeps } from '../deps.ts'
import { getInquiryToTakePart } from './get-inquiry.ts'
import { statusAfter, whyNotReopen } from './inquiry.ts'
import { lockInquiry, saveReopened } from './inquiry-store.ts'
import { addMessage } from './message-store.ts'

const SAYINGS: Record<string, string> = {
  'inquiry.not_closed': 'It is open: write in it.',
  'inquiry.closed_too_long_ago': 'It was closed too long ago. Open a new inquiry and name this one in it.',
}

type Deps = Pick<PortalDeps, 'db' | 'clock' | 'timing'>

export async function reopenInquiry(
  { db, clock, timing }: Deps,
  actor: Actor,
  { inquiryId, text }: { inquiryId: string; text?: string | undefined },
) {
  await getInquiryToTakePart(db, actor, inquiryId)
  const now = clock.now()
  await db.transaction().execute(async (tx) => {
    const inquiry = await lockInquiry(tx, inquiryId)
    const reason = whyNotReopen(inquiry, { byStaff: isStaff(actor), now, reopenMs: timing.reopenMs })
    const status = statusAfter(inquiry.status, 'reopen')
    if (reason || !status)
      throw new Refusal(
        'conflict',
        reason ?? 'inquiry.not_closed',
        `${inquiryId} cannot be reopened. ${SAYINGS[reason ?? ''] ?? ''}`.trim(),
      )
    await saveReopened(tx, inquiry, { status, at: now })
    if (text !== undefined)
      await addMessage(tx, inquiryId, {
        authorKind: isStaff(actor) ? 'staff' : 'member',
        authorId: actorLabel(actor),
        text,
        createdAt: now,
      })
    const watch = inquiry.knownErrorId === null ? undefined : await overtakeWatch(tx, inquiryId)
    if (watch) await saveWatch(tx, trustAnew(watch, { now, disproved: inquiry.closing }))
    await announce(tx, {
      name: 'portal.inquiry_reopened',
      subject: inquiryId,
      actor: actorLabel(actor),
      organisationId: inquiry.organisationId,
      occurredAt: now,
      body: { inquiryId, by: 'person' },
    })
  })
}
