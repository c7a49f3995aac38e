// What the palette shows for what was typed: recent first when empty; then go, do, search.
import { IconHistory, IconKeyboard, IconMoon, IconSearch, IconSun, IconSunMoon } from '@tabler/icons-react'
import { useMe } from '#api'
import { paths } from '#paths'
import { useColorScheme } from '#ui'
import { useTranslation } from '#words'
import { useConsoleDeeds, useConsoleScreens } from './console-rows.tsx'
import { best } from './palette-match.ts'
import type { PaletteGroup, PaletteRow } from './palette-rows.ts'
import { usePortalScreens } from './portal-rows.tsx'
import { readRecent } from './recent.ts'
import { useThings } from './use-things.tsx'

interface Wish {
  face: 'console' | 'portal'
  /** As it stands in the box. */
  typed: string
  /** As it stood a moment ago: what the server is asked. */
  calm: string
  onKeys: () => void
}

export function usePaletteGroups({ face, typed, calm, onKeys }: Wish): PaletteGroup[] {
  const { t } = useTranslation()
  const consoleScreens = useConsoleScreens()
  const consoleDeeds = useConsoleDeeds()
  const portalScreens = usePortalScreens()
  const looks = useLooks(onKeys)
  const things = useThings({ typed: calm, face })
  const recent = useRecent()
  const asks = useAsks(face, typed)
  const isConsole = face === 'console'
  const fitting = (rows: PaletteRow[]) =>
    best(rows, { typed, textsOf: ({ words, also = [] }) => [words, ...also], limit: typed ? 6 : rows.length })
  const screens = fitting(isConsole ? consoleScreens : portalScreens)
  const deeds = fitting(isConsole ? [...consoleDeeds, ...looks] : [])

  const groups = typed
    ? [
        { name: t('palette.go'), rows: [...screens, ...things] },
        { name: t('palette.do'), rows: deeds },
        { name: t('palette.ask'), rows: asks },
      ]
    : [
        { name: t('palette.recent'), rows: recent },
        { name: t('palette.go'), rows: screens.slice(0, isConsole ? 8 : 6) },
        { name: t('palette.do'), rows: deeds },
      ]
  return groups.filter(({ rows }) => rows.length > 0)
}

function useRecent(): PaletteRow[] {
  const { id } = useMe()
  return readRecent(id).map(({ to, words, kind }) => ({
    id: `recent ${to}`,
    icon: <IconHistory className="i" aria-hidden />,
    words,
    kind,
    to,
  }))
}

function useLooks(onKeys: () => void): PaletteRow[] {
  const { t } = useTranslation()
  const { setColorScheme } = useColorScheme()
  return [
    { id: 'keys', words: t('palette.show_keys'), icon: <IconKeyboard className="i" aria-hidden />, keys: ['?'], act: onKeys },
    { id: 'light', words: t('palette.light'), icon: <IconSun className="i" aria-hidden />, act: () => setColorScheme('light') },
    { id: 'dark', words: t('palette.dark'), icon: <IconMoon className="i" aria-hidden />, act: () => setColorScheme('dark') },
    {
      id: 'system',
      words: t('palette.system'),
      icon: <IconSunMoon className="i" aria-hidden />,
      act: () => setColorScheme('auto'),
    },
  ]
}

function useAsks(face: Wish['face'], typed: string): PaletteRow[] {
  const { t } = useTranslation()
  const q = typed.trim()
  const icon = <IconSearch className="i" aria-hidden />
  if (q === '') return []
  if (face === 'portal') return [{ id: 'ask', icon, words: t('palette.ask_about', { q }), to: paths.newInquiry({ q }) }]
  return [
    { id: 'ask fleet', icon, words: t('palette.search_fleet', { q }), to: paths.fleet({ q }) },
    { id: 'ask inbox', icon, words: t('palette.search_inbox', { q }), to: `${paths.inbox()}?q=${encodeURIComponent(q)}` },
  ]
}
