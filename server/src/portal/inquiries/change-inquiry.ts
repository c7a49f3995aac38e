// Staff change an inquiry: who handles it, whose turn it is, and which known error it comes from.
import { type Actor, actorLabel } from '#identity'
import type { Tx } from '#platform/db'
import { invalidField, Refusal } from '#platform/errors'
import { announce, type Announcement } from '#platform/events'
import type { PortalDeps } from '../deps.ts'
import { getInquiryToHandle } from './get-inquiry.ts'
import { type ChosenStatus, type Inquiry, statusAfter } from './inquiry.ts'
import { lockInquiry, saveAssignee, saveStatus } from './inquiry-store.ts'
import { findLink, saveLink } from './link-known-error.ts'

export interface InquiryChange {
  assigneeId?: string | null
  status?: ChosenStatus
  knownErrorId?: string | null
}

type Deps = Pick<PortalDeps, 'db' | 'clock' | 'identity' | 'fleet'>

export async function changeInquiry(
  deps: Deps,
  actor: Actor,
  { inquiryId, change }: { inquiryId: string; change: InquiryChange },
) {
  const { db, clock } = deps
  const found = await getInquiryToHandle(db, actor, inquiryId)
  await checkAssignee(deps, change.assigneeId)
  const link = change.knownErrorId ? await findLink(deps, found, change.knownErrorId) : undefined
  const now = clock.now()

  await db.transaction().execute(async (tx) => {
    const inquiry = await lockInquiry(tx, inquiryId)
    const about = { subject: inquiryId, actor: actorLabel(actor), organisationId: inquiry.organisationId, occurredAt: now }
    const { assigneeId, knownErrorId, status } = change
    if (assigneeId !== undefined && assigneeId !== inquiry.assigneeId) {
      await saveAssignee(tx, inquiryId, { assigneeId, at: now })
      await announce(tx, { ...about, name: 'portal.inquiry_assigned', body: { inquiryId, assigneeId } })
    }
    if (status !== undefined) await choose(tx, inquiry, { status, about })
    if (knownErrorId !== undefined && knownErrorId !== inquiry.knownErrorId) {
      await saveLink(tx, inquiry, { link, now })
      // What was on its way was the fix of the other one.
      if (inquiry.status === 'fix_on_its_way' && status === undefined) await choose(tx, inquiry, { status: 'with_us', about })
      await announce(tx, { ...about, name: 'portal.inquiry_linked', body: { inquiryId, knownErrorId } })
    }
  })
}

async function checkAssignee({ identity }: Pick<Deps, 'identity'>, assigneeId: string | null | undefined) {
  if (!assigneeId) return
  const staff = await identity.listStaff()
  if (!staff.some((one) => one.id === assigneeId))
    throw invalidField('/assigneeId', 'inquiry.assignee_unknown', `${assigneeId} is not one of our staff.`)
}

interface Choice {
  status: ChosenStatus
  about: Pick<Announcement<'portal.inquiry_status_changed'>, 'subject' | 'actor' | 'organisationId' | 'occurredAt'>
}

async function choose(tx: Tx, inquiry: Inquiry, { status: wish, about }: Choice) {
  const status = statusAfter(inquiry.status, `choose_${wish}`)
  if (!status) throw new Refusal('conflict', 'inquiry.closed', `${inquiry.id} is closed. Reopen it first.`)
  if (status === inquiry.status) return
  await saveStatus(tx, inquiry, { status, at: about.occurredAt })
  await announce(tx, { ...about, name: 'portal.inquiry_status_changed', body: { inquiryId: inquiry.id, status } })
}
