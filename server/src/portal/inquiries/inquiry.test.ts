// The rules of inquiries as tables.
import { expect, test } from 'vitest'
import { after } from '#platform/clock'
import {
  CLOSED_STATUSES,
  type Deed,
  type Inquiry,
  type InquiryStatus,
  OPEN_STATUSES,
  statusAfter,
  waitsSinceAfter,
  whyNotReopen,
} from './inquiry.ts'

const NOW = new Date('2026-11-23T12:00:00.000Z')
const DAY = 86_400_000

test.each<[InquiryStatus, Deed, InquiryStatus | undefined]>([
  ['new', 'staff_answers_and_waits', 'waits_for_customer'],
  ['new', 'staff_answers_and_goes_on', 'with_us'],
  ['new', 'customer_answers', 'new'],
  ['waits_for_customer', 'customer_answers', 'with_us'],
  ['fix_on_its_way', 'customer_answers', 'fix_on_its_way'],
  ['fix_on_its_way', 'staff_answers_and_waits', 'fix_on_its_way'],
  ['waits_for_customer', 'fix_published', 'fix_on_its_way'],
  ['fix_on_its_way', 'fix_withdrawn', 'with_us'],
  ['waits_for_customer', 'fix_withdrawn', 'waits_for_customer'],
  ['fix_on_its_way', 'close_by_itself', 'closed_by_itself'],
  ['reopened', 'close', 'closed'],
  ['closed', 'reopen', 'reopened'],
  ['closed_by_itself', 'reopen', 'reopened'],
  ['new', 'reopen', undefined],
])('%s, then %s: %s', (status, deed, next) => {
  expect(statusAfter(status, deed)).toBe(next)
})

test('nothing but reopening moves what is closed', () => {
  const deeds: Deed[] = [
    'customer_answers',
    'staff_answers_and_waits',
    'choose_with_us',
    'fix_published',
    'fix_withdrawn',
    'close',
    'close_by_itself',
  ]

  for (const status of CLOSED_STATUSES) for (const deed of deeds) expect(statusAfter(status, deed)).toBeUndefined()
})

test('everything open can be closed, by a person and by itself', () => {
  for (const status of OPEN_STATUSES) {
    expect(statusAfter(status, 'close')).toBe('closed')
    expect(statusAfter(status, 'close_by_itself')).toBe('closed_by_itself')
  }
})

const BEFORE = after(NOW, -DAY)

test.each<[string, Date | null, { status: InquiryStatus; answered?: boolean }, Date | null]>([
  ['is opened', null, { status: 'new' }, NOW],
  ['hears more of a customer who waits already', BEFORE, { status: 'with_us' }, BEFORE],
  ['hears of a customer whose turn it was', null, { status: 'with_us' }, NOW],
  ['is answered, and more is promised', BEFORE, { status: 'with_us', answered: true }, NOW],
  ['is answered', BEFORE, { status: 'waits_for_customer', answered: true }, null],
  ['has its fix on its way', BEFORE, { status: 'fix_on_its_way' }, null],
  ['is closed', BEFORE, { status: 'closed_by_itself' }, null],
  ['is reopened', null, { status: 'reopened' }, NOW],
])('since when it waits for us, once it %s', (_title, waitsSince, next, expected) => {
  expect(waitsSinceAfter({ waitsSince }, { at: NOW, ...next })).toEqual(expected)
})

test('customers reopen within 30 days, staff at any time', () => {
  // Only what the rule reads.
  const closed = (days: number) => ({ status: 'closed', closedAt: after(NOW, -days * DAY) }) as Inquiry
  const rule = { now: NOW, reopenMs: 30 * DAY }

  expect(whyNotReopen(closed(29), { ...rule, byStaff: false })).toBeUndefined()
  expect(whyNotReopen(closed(30), { ...rule, byStaff: false })).toBe('inquiry.closed_too_long_ago')
  expect(whyNotReopen(closed(400), { ...rule, byStaff: true })).toBeUndefined()
  expect(whyNotReopen({ ...closed(1), status: 'new' }, { ...rule, byStaff: true })).toBe('inquiry.not_closed')
})
