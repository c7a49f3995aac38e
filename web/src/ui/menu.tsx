// The rest of the actions, behind three dots.
import { IconDots } from '@tabler/icons-react'
import type { ComponentProps, ReactElement, ReactNode } from 'react'
import { useTranslation } from '#words'
import { AttachedBox, MantineMenu } from './boxes.tsx'
import { IconButton } from './button.tsx'

export interface MenuItem {
  words: string
  icon?: ReactNode
  to?: string
  onClick?: () => void
  isDangerous?: boolean
  isChosen?: boolean
}

interface MenuProps {
  items: MenuItem[]
  label?: string
  /** Replaces the dots. */
  trigger?: ReactElement<ComponentProps<'button'>>
}

export function ActionMenu({ items, label, trigger }: MenuProps) {
  const { t } = useTranslation()
  if (items.length === 0) return null
  return (
    <AttachedBox
      trigger={trigger ?? <IconButton label={label ?? t('common.more_actions')} icon={<IconDots className="i" aria-hidden />} />}
      popup="menu"
      box={(attached) => <MantineMenu {...attached} items={items} />}
    />
  )
}
