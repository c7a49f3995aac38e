// Nothing is proven yet: keeps why, and tells the customer when a fix is on its way, or is so no longer.
import { SYSTEM, actorLabel } from '#identity'
import type { Tx } from '#platform/db'
import { announce } from '#platform/events'
import type { PortalDeps } from '../deps.ts'
import { type Deed, type Inquiry, statusAfter } from '../inquiries/inquiry.ts'
import { lockInquiry, saveStatus } from '../inquiries/inquiry-store.ts'
import { type Fix, newestFix } from './fixed-version.ts'
import type { Judgement } from './judge-inquiry.ts'
import type { Watch } from './watch.ts'
import { lockClaimedWatch, saveWatch } from './watch-store.ts'

/** What screens show of a judgement about thousands of installations. */
const MOST_NAMED = 20

interface Outlook {
  judgement: Exclude<Judgement, { kind: 'fixed' }>
  fixes: Fix[]
}

export async function goOnWatching({ db, clock }: Pick<PortalDeps, 'db' | 'clock'>, watch: Watch, { judgement, fixes }: Outlook) {
  const now = clock.now()
  const coming = judgement.kind === 'waiting' ? newestFix(fixes) : undefined
  const waits =
    judgement.kind === 'waiting'
      ? { because: judgement.because, waitsFor: judgement.waitsFor.slice(0, MOST_NAMED), nextAt: judgement.nextAt }
      : { because: judgement.kind, waitsFor: [], nextAt: null }

  await db.transaction().execute(async (tx) => {
    const inquiry = await lockInquiry(tx, watch.id)
    if (!(await lockClaimedWatch(tx, watch))) return
    const announcedReleaseId = coming?.releaseId ?? null
    await saveWatch(tx, { ...watch, ...waits, announcedReleaseId })
    if (announcedReleaseId === watch.announcedReleaseId) return
    if (coming) await tellFix(tx, { inquiry, fix: coming, now, knownErrorId: watch.knownErrorId })
    else await moveStatus(tx, { inquiry, deed: 'fix_withdrawn', now })
  })
}

async function tellFix(
  tx: Tx,
  { inquiry, fix, now, knownErrorId }: { inquiry: Inquiry; fix: Fix; now: Date; knownErrorId: string },
) {
  await moveStatus(tx, { inquiry, deed: 'fix_published', now })
  await announce(tx, {
    name: 'portal.fix_on_its_way',
    subject: inquiry.id,
    actor: actorLabel(SYSTEM),
    organisationId: inquiry.organisationId,
    occurredAt: now,
    body: { inquiryId: inquiry.id, knownErrorId, releaseId: fix.releaseId, version: fix.version },
  })
}

async function moveStatus(tx: Tx, { inquiry, deed, now }: { inquiry: Inquiry; deed: Deed; now: Date }) {
  const status = statusAfter(inquiry.status, deed)
  if (status === undefined || status === inquiry.status) return
  await saveStatus(tx, inquiry, { status, at: now })
  await announce(tx, {
    name: 'portal.inquiry_status_changed',
    subject: inquiry.id,
    actor: actorLabel(SYSTEM),
    organisationId: inquiry.organisationId,
    occurredAt: now,
    body: { inquiryId: inquiry.id, status },
  })
}
