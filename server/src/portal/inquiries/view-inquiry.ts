// An inquiry as a customer sees it, or as staff do; notes are read only for the second.
import type { Actor } from '#identity'
import { listAttachments } from '../attachments/attachment-store.ts'
import { viewAttachment } from '../attachments/view-attachment.ts'
import type { Watch } from '../closing/watch.ts'
import { findWatch } from '../closing/watch-store.ts'
import type { PortalDeps } from '../deps.ts'
import { maySeeKnownError } from '../known-errors/known-error-policy.ts'
import { findKnownError } from '../known-errors/known-error-store.ts'
import { listEntitledProducts } from '../known-errors/list-entitled-products.ts'
import { namePeople } from '../people.ts'
import { getInquiry } from './get-inquiry.ts'
import { type Closing, type Inquiry, isClosed, type Snapshot } from './inquiry.ts'
import { maySeeInside } from './inquiry-policy.ts'
import type { CustomerView, StaffView } from './inquiry-schemas.ts'
import { listSnapshots } from './inquiry-store.ts'
import { listMessages, listNotes } from './message-store.ts'
import { type Releases, viewStations } from './view-stations.ts'
import { viewSuggestions } from './view-suggestions.ts'

type Deps = Pick<PortalDeps, 'db' | 'clock' | 'identity' | 'fleet' | 'delivery'>
type Detail = Omit<CustomerView, 'view' | 'openedBy'>

export async function viewInquiry(deps: Deps, actor: Actor, inquiryId: string): Promise<CustomerView | StaffView> {
  const inquiry = await getInquiry(deps.db, actor, inquiryId)
  return maySeeInside(actor) ? viewForStaff(deps, actor, inquiry) : viewForCustomer(deps, actor, inquiry)
}

async function viewForCustomer(deps: Deps, actor: Actor, inquiry: Inquiry): Promise<CustomerView> {
  const nameOf = await namePeople(deps, [inquiry.openedBy])
  const snapshots = await listSnapshots(deps.db, inquiry.id)
  return {
    view: 'customer',
    ...(await viewDetail(deps, actor, { inquiry, snapshots })),
    openedBy: { name: nameOf(inquiry.openedBy).name },
  }
}

async function viewForStaff(deps: Deps, actor: Actor, inquiry: Inquiry): Promise<StaffView> {
  const notes = await listNotes(deps.db, inquiry.id)
  const nameOf = await namePeople(deps, [inquiry.openedBy, inquiry.assigneeId, ...notes.map((note) => note.authorId)])
  const organisation = await deps.identity.findOrganisation(inquiry.organisationId)
  const snapshots = await listSnapshots(deps.db, inquiry.id)
  return {
    view: 'staff',
    ...(await viewDetail(deps, actor, { inquiry, snapshots })),
    organisation: { id: inquiry.organisationId, name: organisation?.name ?? inquiry.organisationId },
    openedBy: nameOf(inquiry.openedBy),
    assignee: inquiry.assigneeId === null ? null : nameOf(inquiry.assigneeId),
    notes: notes.map(({ id, authorId, text, createdAt }) => ({
      id,
      author: nameOf(authorId),
      text,
      createdAt: createdAt.toISOString(),
    })),
    waitsSince: inquiry.waitsSince?.toISOString() ?? null,
    suggestions: await viewSuggestions(deps, inquiry, snapshots),
  }
}

async function viewDetail(
  deps: Deps,
  actor: Actor,
  { inquiry, snapshots }: { inquiry: Inquiry; snapshots: Snapshot[] },
): Promise<Detail> {
  const { db } = deps
  const messages = await listMessages(db, inquiry.id)
  const attachments = await listAttachments(db, inquiry.id)
  const nameOf = await namePeople(deps, [...messages.map((one) => one.authorId), ...attachments.map((one) => one.addedBy)])
  const knownError = await viewKnownError(deps, actor, inquiry)
  const watch = inquiry.knownErrorId === null ? undefined : await findWatch(db, inquiry.id)
  const releases = watch ? await deps.delivery.listReleases(watch.productId) : []
  const { id, organisationId, kind, title, text, status } = inquiry
  return {
    id,
    organisationId,
    kind,
    title,
    text,
    status,
    solvedIn: inquiry.closing?.version ?? null,
    createdAt: inquiry.createdAt.toISOString(),
    changedAt: inquiry.changedAt.toISOString(),
    closedAt: inquiry.closedAt?.toISOString() ?? null,
    proof: inquiry.closing && viewProof(inquiry.closing),
    fix: viewFix(inquiry, watch, releases),
    stations: await viewStations(deps, { inquiry, watch, releases, knownErrorId: knownError?.id }),
    knownError,
    installations: snapshots.map(viewSnapshot),
    messages: messages.map((one) => ({
      id: one.id,
      from: one.authorKind,
      author: one.authorId === null ? null : { name: nameOf(one.authorId).name },
      text: one.text,
      createdAt: one.createdAt.toISOString(),
    })),
    attachments: attachments.map((one) => viewAttachment(one, nameOf)),
  }
}

function viewProof({ version, at, proof, silent }: Closing) {
  return {
    version,
    at: at.toISOString(),
    installations: proof.map((one) => ({
      installationId: one.installationId,
      name: one.name,
      version: one.version,
      healthySince: one.healthySince.toISOString(),
    })),
    silent: silent.map((one) => ({
      installationId: one.installationId,
      name: one.name,
      lastSeenAt: one.lastSeenAt?.toISOString() ?? null,
    })),
  }
}

function viewFix(inquiry: Inquiry, watch: Watch | undefined, releases: Releases): Detail['fix'] {
  if (watch?.state !== 'watching' || isClosed(inquiry)) return null
  const coming = releases.find((one) => one.id === watch.announcedReleaseId)
  // Before the first look nothing is known yet.
  return { because: watch.because || 'no_fix', version: coming?.version ?? null, waitsFor: watch.waitsFor }
}

async function viewKnownError({ db, delivery }: Deps, actor: Actor, { knownErrorId }: Inquiry): Promise<Detail['knownError']> {
  const error = knownErrorId === null ? undefined : await findKnownError(db, knownErrorId)
  if (!error || !maySeeKnownError(actor, error, await listEntitledProducts(delivery, actor))) return null
  return { id: error.id, title: error.title, workaround: error.workaround }
}

function viewSnapshot({ lastSeenAt, lastReport, ...snapshot }: Snapshot) {
  return {
    ...snapshot,
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    lastReport: lastReport && { ...lastReport, at: lastReport.at.toISOString() },
  }
}
