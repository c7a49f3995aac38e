// Where the portal's palette leads.
import { IconBuilding, IconHome, IconMessageCircle, IconMessagePlus, IconTag, IconUser } from '@tabler/icons-react'
import { paths } from '#paths'
import { useTranslation } from '#words'
import type { PaletteRow } from './palette-rows.ts'

export function usePortalScreens(): PaletteRow[] {
  const { t } = useTranslation()
  const kind = t('palette.kind_screen')
  return [
    { id: 'home', kind, words: t('portal.home'), icon: <IconHome className="i" aria-hidden />, to: paths.home() },
    { id: 'news', kind, words: t('portal.news'), icon: <IconTag className="i" aria-hidden />, to: paths.news() },
    {
      id: 'inquiries',
      kind,
      words: t('portal.inquiries'),
      icon: <IconMessageCircle className="i" aria-hidden />,
      to: paths.inquiries(),
    },
    {
      id: 'new-inquiry',
      kind,
      words: t('palette.new_inquiry'),
      icon: <IconMessagePlus className="i" aria-hidden />,
      to: paths.newInquiry(),
    },
    {
      id: 'organisation',
      kind,
      words: t('portal.organisation'),
      icon: <IconBuilding className="i" aria-hidden />,
      to: paths.organisation(),
    },
    { id: 'account', kind, words: t('portal.account'), icon: <IconUser className="i" aria-hidden />, to: paths.account() },
  ]
}
