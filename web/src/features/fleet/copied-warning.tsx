// Two machines under one identity: what that means, and how it ends.
import { IconAlertTriangle } from '@tabler/icons-react'
import { api, useMe } from '#api'
import { Banner, Button, Failure, formatTime } from '#ui'
import { useTranslation } from '#words'
import type { StaffInstallation } from './fleet-filter.ts'

export function CopiedWarning({ installation: { id, copied, copiedAt } }: { installation: StaffInstallation }) {
  const { t } = useTranslation()
  const { permissions } = useMe()
  const clear = api.useMutation('post', '/api/v1/installations/{installationId}/clear-copied')
  if (!copied || copiedAt === null) return null
  const action = (
    <Button size="small" isBusy={clear.isPending} onClick={() => clear.mutate({ params: { path: { installationId: id } } })}>
      {t('fleet.copied_clear')}
    </Button>
  )
  return (
    <Banner
      tone="warn"
      icon={<IconAlertTriangle className="i" aria-hidden />}
      title={t('fleet.copied_title')}
      actions={permissions.includes('installations:revoke') ? action : undefined}
    >
      {t('fleet.copied_text', { time: formatTime(new Date(copiedAt)) })}
      <Failure error={clear.error} />
    </Banner>
  )
}
