// Opens the palette by Ctrl K or ⌘ K, and the list of keys by `?`; both are loaded when they are opened first.
import { lazy, Suspense, useState } from 'react'
import { useKeys } from '#ui'
import { loadWords } from '#words'
import { useGlobalKey } from './use-global-key.ts'
import { KEYS_WORDS, PALETTE_WORDS } from './words-of-boxes.ts'

const Palette = lazy(async () => (await Promise.all([import('./palette.tsx'), loadWords(PALETTE_WORDS)]))[0])
const KeysHelp = lazy(async () => (await Promise.all([import('./keys-help.tsx'), loadWords(KEYS_WORDS)]))[0])

/** `element` belongs into the frame. */
export function usePalette(face: 'console' | 'portal') {
  const [open, setOpen] = useState<'palette' | 'keys'>()
  const close = () => setOpen(undefined)
  const showKeys = () => setOpen('keys')
  // In fields, too.
  useGlobalKey((event) => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
    event.preventDefault()
    setOpen((before) => (before === 'palette' ? undefined : 'palette'))
  })
  useKeys(face === 'console' ? { '?': showKeys } : {})
  const element = (
    <Suspense>
      {open === 'palette' && <Palette face={face} onClose={close} onKeys={showKeys} />}
      {open === 'keys' && <KeysHelp onClose={close} />}
    </Suspense>
  )
  return { element, openPalette: () => setOpen('palette') }
}
