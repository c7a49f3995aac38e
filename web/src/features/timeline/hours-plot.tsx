// The hours as columns: what failed is red and has a cross; a click shows the events until then.
import { useNavigate, useSearchParams } from 'react-router'
import { formatShortDay, formatTime } from '#ui'
import { useTranslation } from '#words'
import { endOf, type Hour, HOUR_MS } from './hour.ts'
import { withParams } from './timeline-filter.ts'

const HEIGHT = 52
/** Above the columns, for the crosses. */
const HEAD = 10
const LEAST = 2

export function HoursPlot({ hours, until, label }: { hours: Hour[]; until: string | undefined; label: string }) {
  const most = Math.max(1, ...hours.map(({ total }) => total))
  const width = 100 / hours.length
  return (
    <>
      <svg className="cols" width="100%" height={HEIGHT} role="img" aria-label={label}>
        {hours.map((hour, place) => (
          <Column key={hour.at} hour={hour} x={place * width} width={width} most={most} />
        ))}
        {until !== undefined && <Until hours={hours} until={until} />}
      </svg>
      <div className="hx" aria-hidden>
        {hours
          .filter(({ at }) => new Date(at).getHours() === 0)
          .map(({ at }) => (
            <span key={at}>{formatShortDay(new Date(at))}</span>
          ))}
      </div>
    </>
  )
}

function Column({ hour, x, width, most }: { hour: Hour; x: number; width: number; most: number }) {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const navigate = useNavigate()
  const { at, total, failed } = hour
  const of = (count: number) => (count === 0 ? 0 : Math.max(LEAST, (count / most) * (HEIGHT - HEAD)))
  const [all, bad] = [of(total), of(failed)]
  const time = formatTime(new Date(at))
  const side = { x: `${x}%`, width: `calc(${width}% - 1px)` }
  return (
    // The table beside it has the same as links, for keys.
    <g onClick={() => total > 0 && void navigate(withParams(params, { until: endOf(hour) }))} className={total > 0 ? 'has' : ''}>
      <title>{t('timeline.hour_hint', { time, total, failed })}</title>
      <rect className="all" {...side} y={0} height={HEIGHT} />
      <rect className={total > 0 ? 'some' : 'zero'} {...side} y={HEIGHT - Math.max(all, 1)} height={Math.max(all, 1)} />
      {failed > 0 && <rect className="hit" {...side} y={HEIGHT - bad} height={bad} />}
      {failed > 0 && (
        <text className="cross" x={`${x + width / 2}%`} y={HEIGHT - all - 2} textAnchor="middle">
          ✕
        </text>
      )}
    </g>
  )
}

function Until({ hours, until }: { hours: Hour[]; until: string }) {
  const first = Date.parse(hours[0]?.at ?? until)
  const share = (Date.parse(until) - first) / (hours.length * HOUR_MS)
  if (share <= 0 || share >= 1) return null
  return <line className="until" x1={`${share * 100}%`} x2={`${share * 100}%`} y1={0} y2={HEIGHT} />
}
