// How much happened in each hour of the last days: a map to move in; the same numbers as a table.
import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate, useSearchParams } from 'react-router'
import { formatNumber, formatTime, Segment } from '#ui'
import { useTranslation } from '#words'
import type { Hour } from './hour.ts'
import { HoursPlot } from './hours-plot.tsx'
import { HoursTable } from './hours-table.tsx'
import { type TimelineFilter, withParams } from './timeline-filter.ts'
import { hoursQuery } from './timeline-queries.ts'

export function Hours({ filter }: { filter: TimelineFilter }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const { hours } = useSuspenseQuery(hoursQuery(filter)).data
  const label = useLabel(hours)
  const view = params.get('hours') === 'table' ? 'table' : 'plot'
  return (
    <figure className="hours">
      <figcaption className="row wrapf">
        <span className="t3 s12 sp">
          {t('timeline.hours_title')} {filter.organisation && t('timeline.hours_of_customer')}
        </span>
        <Segment
          label={t('timeline.view')}
          value={view}
          options={(['plot', 'table'] as const).map((value) => ({ value, words: t(`timeline.${value}`) }))}
          onChange={(value) =>
            void navigate(withParams(params, { hours: value === 'table' ? value : undefined }), { preventScrollReset: true })
          }
        />
      </figcaption>
      {view === 'table' ? <HoursTable hours={hours} /> : <HoursPlot hours={hours} until={filter.until} label={label} />}
    </figure>
  )
}

function useLabel(hours: Hour[]) {
  const { t } = useTranslation()
  const sum = (of: (hour: Hour) => number) => formatNumber(hours.reduce((all, hour) => all + of(hour), 0))
  const most = hours.reduce<Hour | undefined>((best, hour) => (hour.total > (best?.total ?? 0) ? hour : best), undefined)
  if (!most) return t('timeline.hours_label_empty')
  return t('timeline.hours_label', {
    total: sum(({ total }) => total),
    failed: sum(({ failed }) => failed),
    most: formatNumber(most.total),
    time: formatTime(new Date(most.at)),
  })
}
