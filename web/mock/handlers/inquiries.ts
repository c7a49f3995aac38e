// Answers about inquiries, and how people move them on.
import type { Schemas } from '@fairway/client'
import type { Ask, Handlers, Me } from '../contract.ts'
import { digestOf, freshId } from '../dice.ts'
import { openInquiry, reportedBy } from '../data/open-inquiry.ts'
import { happen } from '../happen.ts'
import { byText, pageOf } from '../paging.ts'
import { conflict, invalidField, notFound } from '../problem.ts'
import { nowIso } from '../times.ts'
import { summariseForCustomer, summariseForStaff, viewInquiry } from '../views/inquiry-view.ts'
import { isOpen } from '../views/known-error-view.ts'
import type { Inquiry, World } from '../world.ts'
import { getInstallation } from './installations.ts'
import { getOrganisation } from './organisations.ts'

export const inquiryHandlers = {
  'get /api/v1/inquiries': ({ world, me, query }) => {
    const { sort = 'newest' } = query
    const { items, next } = pageOf(matching(world, me, query).toSorted(ORDERS[sort]), query)
    if (me.kind === 'member') return { items: items.map(summariseForCustomer), next }
    return { items: items.map((one) => summariseForStaff(world, one)), next }
  },
  'get /api/v1/inquiries/{inquiryId}': ({ world, me, path }) => viewInquiry(world, me, getInquiry(world, me, path.inquiryId)),
  'post /api/v1/inquiries': ({ world, me, body }) => {
    const { kind, title, text, installationIds = [] } = body
    const organisationId = me.organisation?.id ?? body.organisationId
    if (organisationId === undefined)
      throw invalidField('/organisationId', 'inquiry.organisation_missing', 'Say which customer asks.')
    getOrganisation(world, me, organisationId)
    const installations = installationIds.map((id) => reportedBy(getInstallation(world, me, id)))
    const inquiry = openInquiry(world, { organisationId, kind, title, text, installations, openedBy: personOf(me) })
    return told(world, me, { inquiry, name: 'portal.inquiry_opened', body: { kind, installationIds } })
  },
  'patch /api/v1/inquiries/{inquiryId}': ({ world, me, path, body }) => {
    const inquiry = getInquiry(world, me, path.inquiryId)
    const name = change(world, inquiry, body)
    return told(world, me, { inquiry, name, body: { ...body } })
  },
  'post /api/v1/inquiries/{inquiryId}/messages': ({ world, me, path, body: { text, status } }) => {
    const inquiry = getOpen(world, me, path.inquiryId)
    const from = me.kind
    inquiry.messages.push({ id: freshId('me'), from, author: { name: me.name }, text, createdAt: nowIso() })
    if (inquiry.status !== 'fix_on_its_way') setStatus(inquiry, from === 'member' ? 'with_us' : (status ?? 'waits_for_customer'))
    return told(world, me, { inquiry, name: 'portal.inquiry_answered', body: { by: from, status: inquiry.status } })
  },
  'post /api/v1/inquiries/{inquiryId}/notes': ({ world, me, path, body: { text } }) => {
    const inquiry = getInquiry(world, me, path.inquiryId)
    inquiry.notes.push({ id: freshId('no'), author: personOf(me), text, createdAt: nowIso() })
    return told(world, me, { inquiry, name: 'portal.note_added' })
  },
  'post /api/v1/inquiries/{inquiryId}/close': (ask) => close(ask),
  'post /api/v1/inquiries/{inquiryId}/solved': (ask) => close(ask),
  'post /api/v1/inquiries/{inquiryId}/reopen': ({ world, me, path, body }) => {
    const inquiry = getInquiry(world, me, path.inquiryId)
    if (isOpen(inquiry)) throw conflict('inquiry.not_closed', `${inquiry.id} is open.`)
    setStatus(inquiry, 'reopened')
    Object.assign(inquiry, { closedAt: null, proof: null })
    if (body?.text !== undefined)
      inquiry.messages.push({ id: freshId('me'), from: me.kind, author: { name: me.name }, text: body.text, createdAt: nowIso() })
    return told(world, me, { inquiry, name: 'portal.inquiry_reopened', body: { by: 'person' } })
  },
  'get /api/v1/inquiries/{inquiryId}/attachments': ({ world, me, path }) => ({
    items: getInquiry(world, me, path.inquiryId).attachments,
  }),
  'get /api/v1/inquiries/{inquiryId}/attachments/{attachmentId}': ({ world, me, path }) => {
    const found = getInquiry(world, me, path.inquiryId).attachments.find(({ id }) => id === path.attachmentId)
    if (!found) throw notFound('attachment', path.attachmentId)
    return Buffer.from(`Instead of ${found.name}, from the mock.\n`)
  },
  'post /api/v1/inquiries/{inquiryId}/attachments': ({ world, me, path, query: { name }, bytes }) => {
    const inquiry = getInquiry(world, me, path.inquiryId)
    const mediaType = /\.(png|jpg|jpeg)$/i.test(name) ? 'image/png' : 'application/octet-stream'
    const own = { id: freshId('at'), name, mediaType, size: bytes.length, sha256: digestOf(name) }
    const attachment = { ...own, addedBy: { name: me.name }, createdAt: nowIso() }
    inquiry.attachments.push(attachment)
    told(world, me, { inquiry, name: 'portal.attachment_added', body: { attachmentId: own.id, size: own.size } })
    return attachment
  },
} satisfies Handlers

type Search = Omit<Ask<'get /api/v1/inquiries'>['query'], never>

const ORDERS: Record<NonNullable<Search['sort']>, (a: Inquiry, b: Inquiry) => number> = {
  newest: (a, b) => byText(b.createdAt, a.createdAt) || byText(b.id, a.id),
  changed: (a, b) => byText(b.changedAt, a.changedAt) || byText(b.id, a.id),
  // What does not wait for us stands last.
  waiting: (a, b) => byText(a.waitsSince ?? '9', b.waitsSince ?? '9') || byText(a.id, b.id),
}

function maySee(me: Me, { organisationId }: Inquiry) {
  return me.kind === 'staff' || me.organisation?.id === organisationId
}

function matching({ inquiries }: World, me: Me, search: Search) {
  const { state, organisationId, knownErrorId, assigneeId, installationId, q } = search
  const words = q?.toLowerCase()
  const handler = assigneeId === 'me' ? me.id : assigneeId
  return inquiries.filter(
    (one) =>
      maySee(me, one) &&
      isIn(one, state) &&
      (organisationId ?? one.organisationId) === one.organisationId &&
      (knownErrorId === undefined || one.knownErrorId === knownErrorId) &&
      (handler === undefined || (one.assignee?.id ?? 'none') === handler) &&
      (installationId === undefined || one.installations.some((named) => named.installationId === installationId)) &&
      (words === undefined || `${one.title} ${one.id}`.toLowerCase().includes(words)),
  )
}

function isIn(inquiry: Inquiry, state: Search['state']) {
  if (state === 'open') return isOpen(inquiry)
  // Both ways of closing: people look for what is done.
  return state === undefined || (state === 'closed' ? !isOpen(inquiry) : inquiry.status === state)
}

function getInquiry(world: World, me: Me, id: string) {
  const found = world.inquiries.find((one) => one.id === id)
  if (!found || !maySee(me, found)) throw notFound('inquiry', id)
  return found
}

function getOpen(world: World, me: Me, id: string) {
  const inquiry = getInquiry(world, me, id)
  if (!isOpen(inquiry)) throw conflict('inquiry.closed', `${id} is closed. Reopen it to write in it.`)
  return inquiry
}

function personOf({ id, name }: Me): Schemas['PersonRef'] {
  return { id, name }
}

function setStatus(inquiry: Inquiry, status: Inquiry['status']) {
  const isOurs = status === 'new' || status === 'with_us' || status === 'reopened'
  Object.assign(inquiry, { status, waitsSince: isOurs ? (inquiry.waitsSince ?? nowIso()) : null })
}

/** @returns the name of what happened. */
function change({ staff, knownErrors, releases }: World, inquiry: Inquiry, wish: Schemas['InquiryChange']) {
  const { assigneeId, knownErrorId, status } = wish
  if (assigneeId !== undefined) {
    const person = staff.find(({ id }) => id === assigneeId)
    inquiry.assignee = person ? { id: person.id, name: person.name } : null
  }
  if (status !== undefined) setStatus(inquiry, status)
  if (knownErrorId === undefined) return assigneeId === undefined ? 'portal.inquiry_status_changed' : 'portal.inquiry_assigned'
  if (knownErrorId !== null && !knownErrors.some(({ id }) => id === knownErrorId)) throw notFound('known_error', knownErrorId)
  Object.assign(inquiry, { knownErrorId, linkedAt: knownErrorId === null ? null : nowIso() })
  const isFixed = releases.some((one) => one.state === 'published' && knownErrorId !== null && one.fixes.includes(knownErrorId))
  setStatus(inquiry, isFixed ? 'fix_on_its_way' : 'with_us')
  return 'portal.inquiry_linked'
}

function close({ world, me, path }: Ask<`post /api/v1/inquiries/{inquiryId}/${'close' | 'solved'}`>) {
  const inquiry = getOpen(world, me, path.inquiryId)
  Object.assign(inquiry, { status: 'closed', closedAt: nowIso(), waitsSince: null })
  return told(world, me, { inquiry, name: 'portal.inquiry_closed', body: { by: 'person' } })
}

interface Telling {
  inquiry: Inquiry
  name: string
  body?: Record<string, unknown>
}

function told(world: World, me: Me, { inquiry, name, body }: Telling) {
  const { id, organisationId } = inquiry
  inquiry.changedAt = nowIso()
  happen(world, { name, subject: id, actor: me.id, organisationId, body: { inquiryId: id, ...body } })
  return viewInquiry(world, me, inquiry)
}
