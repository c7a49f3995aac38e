// What went well, in one line: what ended well needs no more room.
import { useSuspenseQuery } from '@tanstack/react-query'
import { IconCircleCheck } from '@tabler/icons-react'
import { useTranslation } from '#words'
import { formatNumber, useNow } from '#ui'
import { installationCountsQuery, inquiryCountsQuery, rolloutsQuery } from './today-queries.ts'

const WEEK_MS = 7 * 86_400_000

export function WentWell() {
  const { t } = useTranslation()
  const inquiries = useSuspenseQuery(inquiryCountsQuery).data
  const rollouts = useSuspenseQuery(rolloutsQuery).data.items
  const { total, byCondition } = useSuspenseQuery(installationCountsQuery).data
  const now = useNow(undefined)
  const completed = rollouts.filter(
    ({ state, endedAt }) => state === 'complete' && endedAt && now - Date.parse(endedAt) < WEEK_MS,
  )
  const closed = inquiries.view === 'staff' ? inquiries.closedByThemselves : 0
  const parts = [
    closed > 0 && t('today.well.closed', { count: closed }),
    completed.length > 0 && t('today.well.rollouts', { count: completed.length }),
    total > 0 && t('today.well.healthy', { healthy: formatNumber(byCondition.healthy), total: formatNumber(total) }),
  ].filter((part) => part !== false)
  if (parts.length === 0) return null
  return (
    <p className="row top well">
      <span className="mk ok">
        <IconCircleCheck className="i" aria-hidden />
      </span>
      <span>
        <span className="t3">{t('today.went_well')}: </span>
        {parts.join(' · ')}.
      </span>
    </p>
  )
}
