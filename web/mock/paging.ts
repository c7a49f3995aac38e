// One page of a list, by the id of the last one of the page before.
import { invalidField } from './problem.ts'

interface PageQuery {
  limit?: number
  after?: string
}

export function pageOf<Item extends { id: string }>(all: Item[], { limit = 50, after }: PageQuery) {
  const last = after === undefined ? -1 : all.findIndex(({ id }) => id === after)
  if (after !== undefined && last < 0)
    throw invalidField('/querystring/after', 'page.cursor_unknown', 'must be `next` of the page before')
  const items = all.slice(last + 1, last + 1 + limit)
  return { items, next: last + 1 + limit < all.length ? (items.at(-1)?.id ?? null) : null }
}

/** A page of views: only what is shown is made. */
export function pageViews<Item extends { id: string }, View>(all: Item[], query: PageQuery, view: (item: Item) => View) {
  const { items, next } = pageOf(all, query)
  return { items: items.map(view), next }
}

/** Plain order of letters, as the server's `collate "C"`. */
export function byText(a: string, b: string) {
  if (a === b) return 0
  return a < b ? -1 : 1
}
