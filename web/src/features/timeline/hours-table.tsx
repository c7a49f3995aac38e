// The hours as a table: those in which something happened, newest first.
import { Link, useSearchParams } from 'react-router'
import { type Column, formatNumber, formatTime, Table } from '#ui'
import { useTranslation } from '#words'
import { endOf, type Hour } from './hour.ts'
import { withParams } from './timeline-filter.ts'

export function HoursTable({ hours }: { hours: Hour[] }) {
  const { t } = useTranslation()
  const shown = hours.filter(({ total }) => total > 0).toReversed()
  return (
    <div className="card hours-table">
      <Table label={t('timeline.hours_title')} columns={useColumns()} rows={shown} keyOf={({ at }) => at} />
    </div>
  )
}

function useColumns(): Column<Hour>[] {
  const { t } = useTranslation()
  return [
    { key: 'hour', head: t('timeline.column_hour'), cell: (hour) => <HourLink hour={hour} /> },
    { key: 'total', head: t('timeline.column_total'), isRight: true, cell: ({ total }) => formatNumber(total) },
    { key: 'failed', head: t('timeline.column_failed'), isRight: true, cell: ({ failed }) => formatNumber(failed) },
  ]
}

function HourLink({ hour }: { hour: Hour }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const until = endOf(hour)
  return (
    <Link
      className="plain"
      to={withParams(params, { until })}
      aria-label={t('timeline.show_from_here', { time: formatTime(new Date(until)) })}
    >
      {formatTime(new Date(hour.at))}
    </Link>
  )
}
