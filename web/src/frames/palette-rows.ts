// What stands in the palette: one row each, with what it leads to or does.
import type { ReactNode } from 'react'

export interface PaletteRow {
  id: string
  icon: ReactNode
  words: string
  /** Small and grey behind the words. */
  detail?: string | undefined
  /** What it is: an installation, a screen. */
  kind?: string | undefined
  /** The keys that do the same. */
  keys?: string[]
  to?: string
  act?: () => void
  /** Also found by these. */
  also?: string[]
}

export interface PaletteGroup {
  name: string
  rows: PaletteRow[]
}
