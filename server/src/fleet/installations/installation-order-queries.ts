// In which orders installations are listed, and the cursors that go on in each of them.
import { type RawBuilder, sql } from 'kysely'
import { CONDITIONS, type Condition } from './condition.ts'
import { LAST_RANK, needRankSql } from './condition-queries.ts'

export const SORTS = ['need', 'name', 'lastSeen'] as const
export type Sort = (typeof SORTS)[number]

/** The last one shown: its row as it is now, and what it was sorted by when it was shown. */
export interface Last {
  id: string
  name: string
  value: number
}

interface Order {
  by(now: Date): RawBuilder<unknown>[]
  isBehind(now: Date, last: Last): RawBuilder<boolean>
  /** What the cursor remembers, since the row may have moved when the next page is asked for. */
  valueOf(shown: Shown): number
}

interface Shown {
  installation: { id: string; lastSeenAt: Date | null }
  condition: Condition | null
}

const NAME = sql`i.name collate "C"`
const ID = sql`i.id collate "C"`
const LAST_SEEN = sql`coalesce(i.last_seen_at, 'epoch')`

export const ORDERS: Record<Sort, Order> = {
  need: {
    by: (now) => [needRankSql(now), NAME, ID],
    isBehind: (now, { value, name, id }) => sql`(${needRankSql(now)}, ${NAME}, ${ID}) > (${value}::int, ${name}, ${id})`,
    valueOf: ({ condition }) => (condition ? CONDITIONS.indexOf(condition) + 1 : LAST_RANK),
  },
  name: {
    by: () => [NAME, ID],
    isBehind: (_now, { name, id }) => sql`(${NAME}, ${ID}) > (${name}, ${id})`,
    valueOf: () => 0,
  },
  // Longest unheard first: who is heard meanwhile moves on to a later page, and nobody is passed over.
  lastSeen: {
    by: () => [LAST_SEEN, ID],
    isBehind: (_now, { value, id }) => sql`(${LAST_SEEN}, ${ID}) > (${new Date(value)}::timestamptz, ${id})`,
    valueOf: ({ installation }) => installation.lastSeenAt?.getTime() ?? 0,
  },
}

/** `need.3.in_…`; of an order it was not given in, a cursor is none. */
export function writeCursor(sort: Sort, shown: Shown) {
  return `${sort}.${ORDERS[sort].valueOf(shown)}.${shown.installation.id}`
}

export function readCursor(sort: Sort, cursor: string) {
  const [, of, value = '', id = ''] = /^(\w+)\.(\d{1,14})\.(\w{1,60})$/.exec(cursor) ?? []
  return of === sort ? { id, value: Number(value) } : undefined
}
