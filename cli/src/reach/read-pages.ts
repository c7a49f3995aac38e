// Reads lists page by page, for every command that lists.
import type { Command } from 'commander'
import { parseCount } from '../arguments/words.ts'

export interface PageWish {
  limit?: number
  after?: string
  all?: boolean
}

interface Page<Item> {
  items: readonly Item[]
  next: string | null
}

export function withPages(command: Command) {
  return command
    .option('--limit <n>', 'how many at most, up to 100 (default: 50)', parseCount)
    .option('--after <cursor>', 'go on after that page: what "next" said')
    .option('--all', 'every page')
}

export async function readPages<Item>(
  { limit, after, all }: PageWish,
  read: (page: { limit?: number; after?: string }) => Promise<Page<Item>>,
): Promise<Page<Item>> {
  const size = limit ?? (all ? 100 : undefined)
  const items: Item[] = []
  let next = after ?? null
  for (;;) {
    const page = await read({ ...(size !== undefined && { limit: size }), ...(next !== null && { after: next }) })
    items.push(...page.items)
    next = page.next
    if (!all || next === null) return { items, next }
  }
}

/** What stands below a list that goes on. */
export function moreOf({ next }: { next: string | null }) {
  return next === null ? '' : `\nThere is more: --after ${next}, or --all.`
}
