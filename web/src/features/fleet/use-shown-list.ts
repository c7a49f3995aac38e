// The rows of the list: kept in place while somebody looks, fresh in their values.
import { useQueries } from '@tanstack/react-query'
import { useState } from 'react'
import { usePages } from '#api'
import { type FleetFilter, isForStaff } from './fleet-filter.ts'
import { detailsQuery, fleetPages } from './fleet-queries.ts'
import { useStillOrder } from './still-order.ts'

export type ShownList = ReturnType<typeof useShownList>

export function useShownList(filter: FleetFilter, openId: string | undefined) {
  const [isPointed, setPointed] = useState(false)
  const [isFocused, setFocused] = useState(false)
  const { items, more, isMoreComing } = usePages(fleetPages(filter))
  const isHeld = isPointed || isFocused || openId !== undefined
  const order = useStillOrder(items.filter(isForStaff), { key: JSON.stringify(filter), isHeld })
  // Those that moved away behind what is loaded keep their place, so they are asked for one by one.
  const answers = useQueries({ queries: order.strays.map(detailsQuery) })
  const learned = new Map(answers.flatMap(({ data }) => (data && isForStaff(data) ? [[data.id, data] as const] : [])))

  return {
    ...order,
    shown: order.shown.map((row) => learned.get(row.id) ?? row),
    more,
    isMoreComing,
    isFocused,
    /** For the element around the rows. */
    watch: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: () => setFocused(false),
    },
  }
}
