// Pages of things that have a number: the id of the last one shown leads to the next page.
import { invalidField } from '#platform/errors'

const FIRST = 50

export function limitOf({ limit }: { limit?: number }) {
  return limit ?? FIRST
}

/** The number in `INQ-1042`. */
export function readCursor(after: string | undefined, prefix: 'INQ' | 'KE') {
  if (after === undefined) return undefined
  const digits = new RegExp(`^${prefix}-(\\d{1,9})$`).exec(after)?.[1]
  if (digits === undefined) throw invalidField('/querystring/after', 'page.unknown', 'Send what the page before gave as `next`.')
  return Number(digits)
}

/** The page, where one item more than asked for was read. */
export function toPage<Item extends { id: string }>(items: Item[], limit: number) {
  const shown = items.slice(0, limit)
  return { items: shown, next: items.length > limit ? (shown.at(-1)?.id ?? null) : null }
}
