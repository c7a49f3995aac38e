// Whether what is seen is live: a dot, or since when it is not.
import { useOfflineSince } from '#api'
import { useTranslation } from '#words'
import { formatTime } from './format.ts'

export function LiveMark() {
  const { t } = useTranslation()
  const since = useOfflineSince()
  return (
    <span className="row t3 s13 livemark">
      {!since && <span className="dotlive" aria-hidden />}
      {since ? t('common.not_live', { time: formatTime(since) }) : t('common.live')}
    </span>
  )
}

/** Below the head of every page while the connection is away. */
export function OfflineBanner() {
  const { t } = useTranslation()
  const since = useOfflineSince()
  return <div aria-live="polite">{since && <p className="offline">{t('common.offline', { time: formatTime(since) })}</p>}</div>
}
