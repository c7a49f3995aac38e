// Where the console's palette leads, and what it does.
import {
  IconBook,
  IconBug,
  IconBuilding,
  IconHome,
  IconInbox,
  IconPlugConnected,
  IconPlus,
  IconRoute,
  IconSettings,
  IconStack2,
  IconTag,
  IconTimeline,
  IconUserPlus,
} from '@tabler/icons-react'
import { useMe } from '#api'
import { paths } from '#paths'
import { useTranslation } from '#words'
import type { PaletteRow } from './palette-rows.ts'

const SECTIONS = ['you', 'tokens', 'people', 'products', 'vendor', 'mail', 'events', 'backup', 'about'] as const

export function useConsoleScreens(): PaletteRow[] {
  const { t } = useTranslation()
  const { roles } = useMe()
  const screen = (id: string, row: Omit<PaletteRow, 'id' | 'kind'>) => ({ id, kind: t('palette.kind_screen'), ...row })
  return [
    screen('today', {
      words: t('console.today'),
      icon: <IconHome className="i" aria-hidden />,
      to: paths.today(),
      keys: ['G', 'T'],
    }),
    screen('inbox', {
      words: t('console.inbox'),
      icon: <IconInbox className="i" aria-hidden />,
      to: paths.inbox(),
      keys: ['G', 'I'],
    }),
    screen('timeline', {
      words: t('console.timeline'),
      icon: <IconTimeline className="i" aria-hidden />,
      to: paths.timeline(),
      keys: ['G', 'L'],
    }),
    screen('releases', {
      words: t('console.releases'),
      icon: <IconTag className="i" aria-hidden />,
      to: paths.releases(),
      keys: ['G', 'R'],
    }),
    screen('rollouts', {
      words: t('console.rollouts'),
      icon: <IconRoute className="i" aria-hidden />,
      to: paths.rollouts(),
      keys: ['G', 'O'],
    }),
    screen('fleet', {
      words: t('console.fleet'),
      icon: <IconStack2 className="i" aria-hidden />,
      to: paths.fleet(),
      keys: ['G', 'F'],
    }),
    screen('known-errors', {
      words: t('console.known_errors'),
      icon: <IconBug className="i" aria-hidden />,
      to: paths.knownErrors(),
    }),
    screen('customers', {
      words: t('console.customers'),
      icon: <IconBuilding className="i" aria-hidden />,
      to: paths.customers(),
    }),
    screen('start', { words: t('palette.first_run'), icon: <IconBook className="i" aria-hidden />, to: paths.firstRun() }),
    ...SECTIONS.filter((section) => section !== 'mail' || roles.includes('administrator')).map((section) =>
      screen(`settings ${section}`, {
        words: t('palette.settings', { section: t(`settings.${section}`) }),
        icon: <IconSettings className="i" aria-hidden />,
        to: paths.settings(section),
      }),
    ),
  ]
}

export function useConsoleDeeds(): PaletteRow[] {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const plus = <IconPlus className="i" aria-hidden />
  const deeds = [
    { may: 'releases:publish', id: 'new-release', words: t('palette.new_release'), icon: plus, to: paths.newRelease() },
    {
      may: 'rollouts:steer',
      id: 'start-rollout',
      words: t('palette.start_rollout'),
      icon: <IconRoute className="i" aria-hidden />,
      to: paths.newRollout(),
    },
    {
      may: 'installations:enrol',
      id: 'connect',
      words: t('palette.connect'),
      icon: <IconPlugConnected className="i" aria-hidden />,
      to: paths.connect(),
    },
    {
      may: 'customers:manage',
      id: 'new-customer',
      words: t('palette.new_customer'),
      icon: plus,
      to: `${paths.customers()}?new=`,
    },
    {
      may: 'known-errors:write',
      id: 'new-known-error',
      words: t('palette.new_known_error'),
      icon: <IconBug className="i" aria-hidden />,
      to: paths.newKnownError(),
    },
    {
      may: 'staff:manage',
      id: 'invite',
      words: t('palette.invite'),
      icon: <IconUserPlus className="i" aria-hidden />,
      to: `${paths.settings('people')}?invite=`,
    },
    {
      may: 'products:manage',
      id: 'new-product',
      words: t('palette.new_product'),
      icon: plus,
      to: `${paths.settings('products')}?new=`,
    },
  ] as const
  return deeds.filter(({ may }) => permissions.includes(may))
}
