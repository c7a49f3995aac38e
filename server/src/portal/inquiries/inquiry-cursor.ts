// The places in a list of inquiries: what it is sorted by, and how a page says where the next one begins.
import { invalidField } from '#platform/errors'
import { readCursor } from '../page-cursor.ts'

export const INQUIRY_SORTS = ['newest', 'changed', 'waiting'] as const
export type InquirySort = (typeof INQUIRY_SORTS)[number]

/** Behind this inquiry; `at` is what it was sorted by, so that one that moved meanwhile sends no reader round in circles. */
export interface Place {
  number: number
  at: Date | null
}

interface Placed {
  id: string
  number: number
  changedAt: Date
  waitsSince: Date | null
}

export function writePlace(sort: InquirySort, { id, number, changedAt, waitsSince }: Placed) {
  if (sort === 'newest') return id
  const at = sort === 'changed' ? changedAt : waitsSince
  return `${at?.getTime() ?? 'never'}_${number}`
}

export function readPlace(sort: InquirySort, after: string | undefined): Place | undefined {
  if (after === undefined) return undefined
  if (sort === 'newest') return { number: readCursor(after, 'INQ') ?? 0, at: null }
  const [, at, number] = /^(\d{1,14}|never)_(\d{1,9})$/.exec(after) ?? []
  if (number === undefined || (at === 'never' && sort === 'changed'))
    throw invalidField('/querystring/after', 'page.unknown', 'Send what the page before gave as `next`, with the same `sort`.')
  return { number: Number(number), at: at === 'never' ? null : new Date(Number(at)) }
}
