// The frame of the portal: few words at the top, a bar at the bottom of phones, more air.
import { IconBuilding, IconChevronDown, IconHome, IconMessageCircle, IconTag } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link, Outlet, useLocation, useNavigation } from 'react-router'
import { useMe } from '#api'
import { paths } from '#paths'
import { Avatar, OfflineBanner } from '#ui'
import { useTranslation } from '#words'
import { AccountMenu } from './account-menu.tsx'
import { useKeptFocus } from './use-kept-focus.ts'
import { usePalette } from './use-palette.tsx'
import { useVendor } from './vendor.ts'

interface Place {
  to: string
  words: string
  Icon: typeof IconHome
  /** Pages that belong to it; `/` is the beginning of everything. */
  below: string[]
}

export function PortalFrame() {
  const { t } = useTranslation()
  const navigation = useNavigation()
  const places = usePlaces()
  const palette = usePalette('portal')
  useKeptFocus()
  return (
    <div className="portal">
      <a className="skip" href="#main">
        {t('common.skip')}
      </a>
      <Head places={places} />
      <OfflineBanner />
      <main id="main" tabIndex={-1} aria-busy={navigation.state !== 'idle'}>
        <Outlet />
      </main>
      <Foot />
      <nav className="tabbar" aria-label={t('portal.bottom_navigation')}>
        {places.map((place) => (
          <PlaceLink key={place.to} place={place}>
            <place.Icon className="i l" aria-hidden />
            {place.words}
          </PlaceLink>
        ))}
      </nav>
      {palette.element}
    </div>
  )
}

function usePlaces(): Place[] {
  const { t } = useTranslation()
  return [
    { to: paths.home(), words: t('portal.home'), Icon: IconHome, below: ['/installations/'] },
    { to: paths.news(), words: t('portal.news'), Icon: IconTag, below: [`${paths.news()}/`] },
    { to: paths.inquiries(), words: t('portal.inquiries'), Icon: IconMessageCircle, below: [`${paths.inquiries()}/`] },
    { to: paths.organisation(), words: t('portal.organisation'), Icon: IconBuilding, below: [] },
  ]
}

function Head({ places }: { places: Place[] }) {
  const { t } = useTranslation()
  const me = useMe()
  const vendor = useVendor()
  return (
    <header className="ptop">
      <div>
        <Link className="vend" to={paths.home()}>
          <i aria-hidden="true">{[...vendor.name][0]?.toUpperCase()}</i>
          <span className="cut">{vendor.name}</span>
        </Link>
        <nav className="pnav" aria-label={t('common.main_navigation')}>
          {places.map((place) => (
            <PlaceLink key={place.to} place={place}>
              {place.words}
            </PlaceLink>
          ))}
        </nav>
        <span className="sp" />
        <AccountMenu
          account={paths.account()}
          trigger={
            <button className="btn gho" type="button">
              <Avatar name={me.name} />
              <span className="sr">{t('common.account')}</span>
              <span className="hide-s cut">{me.organisation?.name ?? me.name}</span>
              <IconChevronDown className="i s" aria-hidden />
            </button>
          }
        />
      </div>
    </header>
  )
}

/** Current on its own page and on those below it, which are not linked themselves. */
function PlaceLink({ place, children }: { place: Place; children: ReactNode }) {
  const { pathname } = useLocation()
  const isBelow = place.below.some((beginning) => pathname.startsWith(beginning))
  return (
    <Link to={place.to} aria-current={pathname === place.to ? 'page' : isBelow ? 'true' : undefined}>
      {children}
    </Link>
  )
}

function Foot() {
  const { t } = useTranslation()
  return (
    <footer className="pfoot">
      <span>{t('common.customer_portal', { vendor: useVendor().name })}</span>
      <span className="sp" />
      <span>{t('common.runs_on')}</span>
    </footer>
  )
}
