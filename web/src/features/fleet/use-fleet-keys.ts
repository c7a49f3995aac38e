// Keys of the fleet: J and K move through the rows, Enter opens (the row's own link), Esc closes, [ and ] go on in the panel.
import type { RefObject } from 'react'
import { type Keys, useKeys } from '#ui'
import { rowLinkId } from './fleet-table.tsx'

interface FleetKeys {
  ids: string[]
  /** Arrows move only there: elsewhere they scroll. */
  isFocused: boolean
  search: RefObject<HTMLInputElement | null>
  previous: (() => void) | undefined
  next: (() => void) | undefined
  onClose: () => void
}

export function useFleetKeys({ ids, isFocused, search, previous, next, onClose }: FleetKeys) {
  const down = () => focusRow(ids, 1)
  const up = () => focusRow(ids, -1)
  const keys: Keys = { j: down, k: up, '/': () => search.current?.focus(), escape: onClose }
  useKeys({
    ...keys,
    ...(isFocused && { arrowdown: down, arrowup: up }),
    ...(previous && { '[': previous }),
    ...(next && { ']': next }),
  })
}

function focusRow(ids: string[], step: number) {
  const at = ids.findIndex((id) => rowLinkId(id) === document.activeElement?.id)
  const place = at === -1 ? 0 : Math.min(ids.length - 1, Math.max(0, at + step))
  const row = document.getElementById(rowLinkId(ids[place] ?? ''))
  row?.focus({ preventScroll: true })
  // Sticky heads and all: the row stands in the middle when it was out of sight.
  row?.scrollIntoView({ block: 'nearest' })
}
