// Rows keep their places while somebody looks at them (pointer, focus or panel); values change in place.
import { useState } from 'react'

interface Kept<Row> {
  key: string
  ids: string[]
  /** As they came last. */
  fresh: string[]
  /** Rows that are shown but did not come any more. */
  known: ReadonlyMap<string, Row>
}

interface Watch {
  /** Another filter is another list. */
  key: string
  isHeld: boolean
}

/** What the places become when new rows arrive: pure, for the test. */
export function nextOrder(ids: string[], fresh: string[], isHeld: boolean) {
  if (!isHeld) return fresh
  // More were asked for: they come behind.
  if (fresh.length > ids.length) return [...ids, ...fresh.filter((id) => !ids.includes(id))]
  return ids
}

export function useStillOrder<Row extends { id: string }>(rows: Row[], { key, isHeld }: Watch) {
  const fresh = rows.map(({ id }) => id)
  const now = new Map(rows.map((row) => [row.id, row]))
  const [kept, setKept] = useState<Kept<Row>>({ key, ids: fresh, fresh, known: now })
  let order = kept
  if (kept.key !== key) order = { key, ids: fresh, fresh, known: now }
  else if (!isEqual(kept.fresh, fresh))
    order = { key, ids: nextOrder(kept.ids, fresh, isHeld), fresh, known: new Map([...kept.known, ...now]) }
  if (order !== kept) setKept(order)

  return {
    shown: order.ids.flatMap((id) => now.get(id) ?? order.known.get(id) ?? []),
    /** Shown, but not in what was asked for any more: each must be asked for by itself. */
    strays: order.ids.filter((id) => !now.has(id)),
    isOld: !isEqual(order.ids, fresh),
    sortAgain: () => setKept({ key, ids: fresh, fresh, known: now }),
  }
}

function isEqual(some: string[], others: string[]) {
  return some.length === others.length && some.every((id, place) => id === others[place])
}
