// What an inquiry is, and the rules it keeps; no input or output here.
import { after } from '#platform/clock'
import type { Proof, Silent } from '../closing/judge-inquiry.ts'

export const KINDS = ['question', 'incident_report', 'service_request'] as const
export type InquiryKind = (typeof KINDS)[number]

export const OPEN_STATUSES = ['new', 'with_us', 'waits_for_customer', 'fix_on_its_way', 'reopened'] as const
export const CLOSED_STATUSES = ['closed', 'closed_by_itself'] as const
export const STATUSES = [...OPEN_STATUSES, ...CLOSED_STATUSES] as const
export type InquiryStatus = (typeof STATUSES)[number]
/** It is our turn. */
export const OUR_TURN = ['new', 'with_us', 'reopened'] as const satisfies InquiryStatus[]
/** What support may choose by hand; everything else follows from what happens. */
export const CHOSEN_STATUSES = ['with_us', 'waits_for_customer'] as const
export type ChosenStatus = (typeof CHOSEN_STATUSES)[number]

/** Messages, and notes, of one inquiry: so that it can be read as a whole. */
export const MOST_MESSAGES = 1000

export interface Inquiry {
  id: string
  number: number
  organisationId: string
  openedBy: string
  kind: InquiryKind
  title: string
  text: string
  status: InquiryStatus
  assigneeId: string | null
  knownErrorId: string | null
  /** When it was tied to its known error. */
  linkedAt: Date | null
  /** Since when it waits for us without a break; null while it does not. */
  waitsSince: Date | null
  /** What the whole fleet of the customer ran when it was opened; empty where installations were named. */
  fleetAtOpening: RanVersion[]
  createdAt: Date
  changedAt: Date
  closedAt: Date | null
  /** A person, or `itself`. */
  closedBy: string | null
  closing: Closing | null
}

export interface RanVersion {
  installationId: string
  productId: string
  version: string
}

/** What closed it by itself. */
export interface Closing {
  knownErrorId: string
  /** The release that brought the fix; the installations may run later ones. */
  releaseId: string
  version: string
  at: Date
  proof: Proof[]
  silent: Silent[]
}

/** What was known of a named installation when the inquiry was opened. */
export interface Snapshot {
  installationId: string
  name: string
  productId: string
  channel: string
  version: string | null
  health: string
  lastSeenAt: Date | null
  lastReport: { kind: string; at: Date; reason: string | null } | null
}

export type Deed =
  | 'customer_answers'
  | 'staff_answers_and_waits'
  | 'staff_answers_and_goes_on'
  | 'choose_with_us'
  | 'choose_waits_for_customer'
  | 'fix_published'
  | 'fix_withdrawn'
  | 'close'
  | 'close_by_itself'
  | 'reopen'

type Rule = Partial<Record<InquiryStatus, InquiryStatus>>

const fromOpen = (status: InquiryStatus): Rule => Object.fromEntries(OPEN_STATUSES.map((open) => [open, status]))
const unchanged: Rule = Object.fromEntries(OPEN_STATUSES.map((open) => [open, open]))

const RULES: Record<Deed, Rule> = {
  customer_answers: { ...unchanged, waits_for_customer: 'with_us' },
  // What is on its way stays so, whoever writes meanwhile.
  staff_answers_and_waits: { ...fromOpen('waits_for_customer'), fix_on_its_way: 'fix_on_its_way' },
  staff_answers_and_goes_on: { ...fromOpen('with_us'), fix_on_its_way: 'fix_on_its_way' },
  choose_with_us: fromOpen('with_us'),
  choose_waits_for_customer: fromOpen('waits_for_customer'),
  fix_published: fromOpen('fix_on_its_way'),
  fix_withdrawn: { ...unchanged, fix_on_its_way: 'with_us' },
  close: fromOpen('closed'),
  close_by_itself: fromOpen('closed_by_itself'),
  reopen: { closed: 'reopened', closed_by_itself: 'reopened' },
}

/** Undefined where this cannot be done in that status. */
export function statusAfter(status: InquiryStatus, deed: Deed): InquiryStatus | undefined {
  return RULES[deed][status]
}

/** @param answered by staff, who go on: from now on it waits for what they promised. */
export function waitsSinceAfter(
  { waitsSince }: Pick<Inquiry, 'waitsSince'>,
  { status, at, answered = false }: { status: InquiryStatus; at: Date; answered?: boolean },
) {
  const isOurTurn = OUR_TURN.some((ours) => ours === status)
  if (!isOurTurn) return null
  return answered ? at : (waitsSince ?? at)
}

export function isClosed({ status }: Pick<Inquiry, 'status'>) {
  return status === 'closed' || status === 'closed_by_itself'
}

/** Staff may reopen at any time; customers for a while, then a new inquiry tells more. */
export function whyNotReopen(inquiry: Inquiry, { byStaff, now, reopenMs }: { byStaff: boolean; now: Date; reopenMs: number }) {
  if (statusAfter(inquiry.status, 'reopen') === undefined) return 'inquiry.not_closed'
  if (!byStaff && inquiry.closedAt !== null && after(inquiry.closedAt, reopenMs) <= now) return 'inquiry.closed_too_long_ago'
  return undefined
}
