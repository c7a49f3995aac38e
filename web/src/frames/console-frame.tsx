// The frame of the console: navigation at the left (a sheet on phones), keys that lead everywhere, the page.
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { Outlet, useLocation, useNavigate, useNavigation } from 'react-router'
import { useMe } from '#api'
import { paths } from '#paths'
import { Drawer, IconButton, OfflineBanner, useKeys } from '#ui'
import { useTranslation } from '#words'
import { ConsoleNavigation } from './console-navigation.tsx'
import { useKeptFocus } from './use-kept-focus.ts'
import { usePalette } from './use-palette.tsx'
import { useVendor } from './vendor.ts'

export function ConsoleFrame() {
  const { t } = useTranslation()
  const me = useMe()
  const [isMenuOpen, setMenuOpen] = useState(false)
  const palette = usePalette('console')
  const { pathname } = useLocation()
  const navigation = useNavigation()
  useConsoleKeys()
  useKeptFocus()
  const openPalette = () => {
    setMenuOpen(false)
    palette.openPalette()
  }

  return (
    <div className="app">
      <a className="skip" href="#main">
        {t('common.skip')}
      </a>
      <ConsoleNavigation me={me} onSearch={openPalette} />
      <header className="mtop">
        <IconButton
          look="ghost"
          label={t('common.menu')}
          icon={<IconMenu2 className="i l" aria-hidden />}
          onClick={() => setMenuOpen(true)}
        />
        <span className="t cut">{useVendor().name}</span>
        <IconButton
          look="ghost"
          label={t('common.search')}
          icon={<IconSearch className="i l" aria-hidden />}
          onClick={openPalette}
        />
      </header>
      <Drawer
        opened={isMenuOpen}
        onClose={() => setMenuOpen(false)}
        title={t('common.menu')}
        size={280}
        padding={12}
        closeButtonProps={{ 'aria-label': t('common.close') }}
        attributes={{ header: { role: 'presentation' } }}
      >
        {/* Leads somewhere: then the sheet is done. */}
        <ConsoleNavigation key={pathname} me={me} isSheet onSearch={openPalette} onLeave={() => setMenuOpen(false)} />
      </Drawer>
      <main className="main" id="main" tabIndex={-1} aria-busy={navigation.state !== 'idle'}>
        <OfflineBanner />
        <Outlet />
      </main>
      {palette.element}
    </div>
  )
}

function useConsoleKeys() {
  const navigate = useNavigate()
  const go = (to: string) => () => void navigate(to)
  useKeys({
    'g t': go(paths.today()),
    'g i': go(paths.inbox()),
    'g l': go(paths.timeline()),
    'g r': go(paths.releases()),
    'g o': go(paths.rollouts()),
    'g f': go(paths.fleet()),
  })
}
