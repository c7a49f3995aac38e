// What an inquiry takes along without being told.
import { IconLink } from '@tabler/icons-react'
import type { Schemas } from '#api'
import { formatTime, KeyValues, Status, Time, Version } from '#ui'
import { useTranslation } from '#words'

export function AttachedByItself({ installation }: { installation: Schemas['Installation'] | undefined }) {
  const { t } = useTranslation()
  return (
    <div className="att">
      <p className="row b top">
        <IconLink className="i" aria-hidden />
        <span>{t('inquiries.form.attached')}</span>
      </p>
      {installation ? <Facts of={installation} /> : <p className="t2 s13">{t('inquiries.form.attached_none')}</p>}
    </div>
  )
}

function Facts({ of: { version, channel, condition, healthySince, lastSeenAt } }: { of: Schemas['Installation'] }) {
  const { t } = useTranslation()
  const lastHeard = lastSeenAt && <Time at={lastSeenAt} as="ago" />
  return (
    <KeyValues
      of={[
        [
          t('inquiries.form.version_channel'),
          <>
            {version === null ? t('inquiries.rail.not_installed') : <Version>{version}</Version>}, {channel}
          </>,
        ],
        [
          t('inquiries.form.health'),
          condition && (
            <>
              <Status kind="condition" value={condition} />
              {condition === 'healthy' && healthySince && (
                <span className="t2"> {t('inquiries.form.since', { time: formatTime(new Date(healthySince)) })}</span>
              )}
            </>
          ),
        ],
        [t('inquiries.form.last_heard'), lastHeard],
      ]}
    />
  )
}
