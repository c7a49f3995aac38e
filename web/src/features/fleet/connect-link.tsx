// The way to a new installation, for those who may connect one.
import { IconPlus } from '@tabler/icons-react'
import { useMe } from '#api'
import { paths } from '#paths'
import { ButtonLink } from '#ui'
import { useTranslation } from '#words'

export function ConnectLink({ look }: { look: 'plain' | 'primary' }) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  if (!permissions.includes('installations:enrol')) return null
  return (
    <ButtonLink look={look} to={paths.connect()} icon={<IconPlus className="i" aria-hidden />}>
      {t('fleet.connect')}
    </ButtonLink>
  )
}
