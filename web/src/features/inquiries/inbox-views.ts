// The views of the inbox: what each asks the server for, and how many it holds.
import { pagesOf, type Schemas } from '#api'

export const VIEWS = ['open', 'new', 'mine', 'unassigned', 'waiting', 'closed'] as const
export type View = (typeof VIEWS)[number]

const QUERIES = {
  open: { state: 'open', sort: 'waiting' },
  new: { state: 'new', sort: 'waiting' },
  mine: { state: 'open', assigneeId: 'me', sort: 'waiting' },
  unassigned: { state: 'open', assigneeId: 'none', sort: 'waiting' },
  waiting: { state: 'waits_for_customer', sort: 'changed' },
  closed: { state: 'closed', sort: 'changed' },
} as const satisfies Record<View, object>

const ROWS = 50

/** Those that wait longest first; those that do not wait, by what changed last. */
export function inboxPages(view: View, q: string | null) {
  return pagesOf('/api/v1/inquiries', { ...QUERIES[view], limit: ROWS, ...(q ? { q } : {}) })
}

export function viewOf(text: string | undefined): View | undefined {
  return text === undefined ? 'open' : VIEWS.find((view) => view === text)
}

/** Undefined where nobody counts. */
export function countOf(view: View, counts: Schemas['InquiryCountsForStaff']) {
  const byView: Record<View, number | undefined> = {
    open: counts.open,
    new: counts.new,
    mine: counts.mine,
    unassigned: counts.unassigned,
    waiting: counts.waitsForCustomer,
    closed: undefined,
  }
  return byView[view]
}

export type InboxRow = Schemas['InquirySummaryForStaff']

export function staffRows(items: (InboxRow | { view: 'customer' })[]) {
  return items.filter((one): one is InboxRow => one.view === 'staff')
}
