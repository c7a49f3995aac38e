// What belongs to the person: account, appearance, the way out.
import { IconLogout, IconMoon, IconSun, IconSunMoon, IconUser } from '@tabler/icons-react'
import type { ComponentProps, ReactElement } from 'react'
import { ActionMenu, useColorScheme } from '#ui'
import { useTranslation } from '#words'

export function AccountMenu({ account, trigger }: { account: string; trigger: ReactElement<ComponentProps<'button'>> }) {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useColorScheme()
  const schemes = [
    { value: 'auto', words: t('common.theme_auto'), icon: <IconSunMoon className="i" aria-hidden /> },
    { value: 'light', words: t('common.theme_light'), icon: <IconSun className="i" aria-hidden /> },
    { value: 'dark', words: t('common.theme_dark'), icon: <IconMoon className="i" aria-hidden /> },
  ] as const
  return (
    <ActionMenu
      trigger={trigger}
      items={[
        { words: t('common.your_account'), icon: <IconUser className="i" aria-hidden />, to: account },
        ...schemes.map(({ value, words, icon }) => ({
          words: `${t('common.theme')}: ${words}`,
          icon,
          isChosen: colorScheme === value,
          onClick: () => setColorScheme(value),
        })),
        { words: t('common.sign_out'), icon: <IconLogout className="i" aria-hidden />, onClick: () => void signOut() },
      ]}
    />
  )
}

/** A form of the server: it ends the session there, and every tab is asked to sign in again. */
async function signOut() {
  await fetch('/sign-out', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' })
  location.assign('/sign-in')
}
