// Rows do not jump under the reader: while the pointer or the focus is in a list, its order stays as it was.
import { type FocusEvent, type PointerEvent, useState } from 'react'

export interface SteadyOrder<Row> {
  rows: Row[]
  /** The order would be another one by now; `sortAgain` shows it. */
  isMoved: boolean
  sortAgain: () => void
  /** For the element around the list. */
  hold: {
    onPointerEnter: () => void
    onPointerLeave: (event: PointerEvent<HTMLElement>) => void
    onFocus: () => void
    onBlur: (event: FocusEvent<HTMLElement>) => void
  }
}

export function useSteadyOrder<Row>(rows: Row[], keyOf: (row: Row) => string): SteadyOrder<Row> {
  const [held, setHeld] = useState<string[]>()
  const keys = rows.map(keyOf)
  const take = () => setHeld((before) => before ?? keys)
  const steady = held ? inOrderOf(rows, held, keyOf) : rows
  return {
    rows: steady,
    isMoved: steady.some((row, place) => keyOf(row) !== keys[place]),
    sortAgain: () => setHeld(keys),
    hold: {
      onPointerEnter: take,
      onPointerLeave: ({ currentTarget }) => !currentTarget.contains(document.activeElement) && setHeld(undefined),
      onFocus: take,
      onBlur: ({ currentTarget, relatedTarget }) => {
        const isLeft = !(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))
        if (isLeft && !currentTarget.matches(':hover')) setHeld(undefined)
      },
    },
  }
}

/** Those that are new stand at the end, in their own order. */
function inOrderOf<Row>(rows: Row[], held: string[], keyOf: (row: Row) => string) {
  const places = new Map(held.map((key, place) => [key, place]))
  const placeOf = (row: Row) => places.get(keyOf(row)) ?? held.length
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b))
}
