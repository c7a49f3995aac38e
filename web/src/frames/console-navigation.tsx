// Where things are: what crosses everything first, then the loop in the order in which work flows.
import {
  IconBug,
  IconBuilding,
  IconHome,
  IconInbox,
  IconRoute,
  IconSearch,
  IconSettings,
  IconStack2,
  IconTag,
  IconTimeline,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link, NavLink } from 'react-router'
import type { Schemas } from '#api'
import { paths } from '#paths'
import { Avatar, ButtonLink, Kbd } from '#ui'
import { useTranslation } from '#words'
import { AccountMenu } from './account-menu.tsx'
import { Mark } from './mark.tsx'
import { useNeeds } from './needs.ts'
import { useVendor } from './vendor.ts'

interface NavigationProps {
  me: Schemas['Me']
  /** In the sheet of a phone. */
  isSheet?: boolean
  onSearch: () => void
  onLeave?: () => void
}

export function ConsoleNavigation({ me, isSheet = false, onSearch, onLeave }: NavigationProps) {
  const { t } = useTranslation()
  const needs = useNeeds()
  const item = { onClick: onLeave }
  return (
    <nav className={isSheet ? 'side sheet' : 'side'} aria-label={t('common.main_navigation')}>
      <Link className="brand" to={paths.today()} onClick={onLeave}>
        <Mark />
        <span>{useVendor().name}</span>
      </Link>
      <button className="find" type="button" onClick={onSearch}>
        <IconSearch className="i" aria-hidden />
        <span>{t('common.search_or_run')}</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <div className="nav">
        <Item to={paths.today()} icon={<IconHome className="i" aria-hidden />} isExact {...item}>
          {t('console.today')}
        </Item>
        <Item
          to={paths.inbox()}
          below="/console/inbox"
          icon={<IconInbox className="i" aria-hidden />}
          count={needs.inbox}
          {...item}
        >
          {t('console.inbox')}
        </Item>
        <Item to={paths.timeline()} icon={<IconTimeline className="i" aria-hidden />} {...item}>
          {t('console.timeline')}
        </Item>
        <div className="g">{t('console.ship')}</div>
        <Item to={paths.releases()} icon={<IconTag className="i" aria-hidden />} {...item}>
          {t('console.releases')}
        </Item>
        <Item to={paths.rollouts()} icon={<IconRoute className="i" aria-hidden />} count={needs.rollouts} {...item}>
          {t('console.rollouts')}
        </Item>
        <div className="g">{t('console.run')}</div>
        <Item to={paths.fleet()} icon={<IconStack2 className="i" aria-hidden />} {...item}>
          {t('console.fleet')}
        </Item>
        <div className="g">{t('console.help')}</div>
        <Item to={paths.knownErrors()} icon={<IconBug className="i" aria-hidden />} {...item}>
          {t('console.known_errors')}
        </Item>
        <Item to={paths.customers()} icon={<IconBuilding className="i" aria-hidden />} {...item}>
          {t('console.customers')}
        </Item>
      </div>
      <div className="me">
        <AccountMenu
          account={paths.settings('you')}
          trigger={
            <button className="btn gho sp who" type="button">
              <Avatar name={me.name} />
              <span className="cut">{me.name}</span>
            </button>
          }
        />
        <ButtonLink
          look="ghost"
          size="small"
          className="ico"
          to={paths.settings()}
          aria-label={t('console.settings')}
          title={t('console.settings')}
          icon={<IconSettings className="i" aria-hidden />}
        />
      </div>
    </nav>
  )
}

interface ItemProps {
  to: string
  /** Where it leads and what lies below are the same place. */
  below?: string
  icon: ReactNode
  /** How many need a person; 0 and unknown are not shown. */
  count?: number | undefined
  isExact?: boolean
  onClick: (() => void) | undefined
  children: ReactNode
}

function Item({ to, below, icon, count, isExact = false, onClick, children }: ItemProps) {
  const { t } = useTranslation()
  return (
    <NavLink to={below ?? to} end={isExact} {...(onClick && { onClick })}>
      {icon}
      {children}
      {count ? <b aria-label={t('console.needs_you', { count })}>{count}</b> : null}
    </NavLink>
  )
}
