// An empty list: it teaches where there is nothing, and leads back where a filter left nothing.
import { paths } from '#paths'
import { ButtonLink, Empty } from '#ui'
import { useTranslation } from '#words'
import { ConnectLink } from './connect-link.tsx'
import { type FleetFilter, isFiltered } from './fleet-filter.ts'

export function NoInstallations({ filter }: { filter: FleetFilter }) {
  const { t } = useTranslation()
  if (!isFiltered(filter)) return <Empty action={<ConnectLink look="primary" />}>{t('fleet.empty')}</Empty>
  return <Empty action={<ButtonLink to={paths.fleet()}>{t('common.clear_filters')}</ButtonLink>}>{t('fleet.empty_filter')}</Empty>
}
