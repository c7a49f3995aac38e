// The rest of the actions, behind three dots.
import { Menu as MantineMenu } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useTranslation } from '#words'
import { IconButton } from './button.tsx'

export interface MenuItem {
  words: string
  icon?: ReactNode
  to?: string
  onClick?: () => void
  isDangerous?: boolean
  isChosen?: boolean
}

/** `trigger` replaces the dots; it must take a ref and props, as buttons do. */
export function ActionMenu({ items, label, trigger }: { items: MenuItem[]; label?: string; trigger?: ReactNode }) {
  const { t } = useTranslation()
  if (items.length === 0) return null
  return (
    <MantineMenu position="bottom-end" shadow="md" width={240} withinPortal>
      <MantineMenu.Target>
        {trigger ?? <IconButton label={label ?? t('common.more_actions')} icon={<IconDots className="i" aria-hidden />} />}
      </MantineMenu.Target>
      <MantineMenu.Dropdown>
        {items.map(({ words, icon, to, onClick, isDangerous, isChosen }) => {
          const look = { leftSection: icon, className: isDangerous ? 'dan' : undefined, 'aria-current': isChosen || undefined }
          return to === undefined ? (
            <MantineMenu.Item key={words} onClick={onClick} {...look}>
              {words}
            </MantineMenu.Item>
          ) : (
            <MantineMenu.Item key={words} component={Link} to={to} {...look}>
              {words}
            </MantineMenu.Item>
          )
        })}
      </MantineMenu.Dropdown>
    </MantineMenu>
  )
}
