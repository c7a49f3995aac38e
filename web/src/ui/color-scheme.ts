// Light, dark, or as the system has it: kept in this browser, the same in every tab, and on the root element, where the styles look.
import { useSyncExternalStore } from 'react'

const SCHEMES = ['auto', 'light', 'dark'] as const
type ColorScheme = (typeof SCHEMES)[number]

/** Mantine's names: its parts read them, too. */
const KEPT_AS = 'mantine-color-scheme-value'
const SHOWN_AS = 'data-mantine-color-scheme'

const systemIsDark = matchMedia('(prefers-color-scheme: dark)')
const listeners = new Set<() => void>()

/** Called once, before anything is drawn. */
export function startColorScheme() {
  show()
  systemIsDark.addEventListener('change', show)
  addEventListener('storage', ({ key }) => key === KEPT_AS && show())
}

export function useColorScheme() {
  return { colorScheme: useSyncExternalStore(subscribe, keptScheme), setColorScheme }
}

function setColorScheme(scheme: ColorScheme) {
  localStorage.setItem(KEPT_AS, scheme)
  show()
}

function keptScheme(): ColorScheme {
  const kept = localStorage.getItem(KEPT_AS)
  return SCHEMES.find((scheme) => scheme === kept) ?? 'auto'
}

function show() {
  const scheme = keptScheme()
  document.documentElement.setAttribute(SHOWN_AS, scheme === 'auto' ? (systemIsDark.matches ? 'dark' : 'light') : scheme)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
