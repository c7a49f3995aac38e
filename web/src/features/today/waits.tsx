// How long somebody waits for us, in one unit; the moment on hover.
import { formatDuration, formatExact, useNow } from '#ui'
import { useTranslation } from '#words'

const MINUTE_MS = 60_000
const UNITS_MS = [86_400_000, 3_600_000, MINUTE_MS]

export function Waits({ since }: { since: string }) {
  const { t } = useTranslation()
  const waitedMs = Math.max(MINUTE_MS, useNow(MINUTE_MS) - Date.parse(since))
  const unit = UNITS_MS.find((ms) => waitedMs >= ms) ?? MINUTE_MS
  return (
    <time dateTime={since} title={formatExact(new Date(since))}>
      {t('today.waits_since', { age: formatDuration(Math.floor(waitedMs / unit) * unit) })}
    </time>
  )
}
