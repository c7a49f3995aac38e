// One rollout at a time on a channel: says which one is there, and the way to it.
import { IconRoute } from '@tabler/icons-react'
import type { Schemas } from '#api'
import { paths } from '#paths'
import { Banner, ButtonLink } from '#ui'
import { useTranslation } from '#words'

export function ChannelIsBusy({ rollout: { id, version, channel } }: { rollout: Schemas['Rollout'] }) {
  const { t } = useTranslation()
  return (
    <Banner
      tone="info"
      icon={<IconRoute className="i" aria-hidden />}
      title={t('rollouts.busy_title', { version, channel })}
      actions={
        <ButtonLink look="primary" to={paths.rollout(id)}>
          {t('rollouts.busy_open')}
        </ButtonLink>
      }
    >
      {t('rollouts.busy_text')}
    </Banner>
  )
}
