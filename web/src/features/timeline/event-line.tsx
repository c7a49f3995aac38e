// One event as a line; picked, it is tinted and says everything that it holds.
import { Link, useSearchParams } from 'react-router'
import { paths } from '#paths'
import { formatExact, formatTime } from '#ui'
import { useTranslation } from '#words'
import { EventBody } from './event-body.tsx'
import { lookOf } from './event-look.tsx'
import { EventSentence } from './event-sentence.tsx'
import { withParams } from './timeline-filter.ts'
import type { Names, TimelineEvent } from './timeline-queries.ts'

export function EventLine({ event, names, isPicked }: { event: TimelineEvent; names: Names; isPicked: boolean }) {
  const [params] = useSearchParams()
  const [tone, Icon] = lookOf(event)
  const to = withParams(params, { event: isPicked ? undefined : event.id })
  return (
    <li className={`ev${isPicked ? (event.isFailure ? ' pick failed' : ' pick') : ''}`} id={event.id}>
      <Clock at={event.occurredAt} />
      <span className={`mk ${tone}`}>
        <Icon className="i" aria-hidden />
      </span>
      <div className="w">
        <Link className="what" to={to} preventScrollReset aria-expanded={isPicked}>
          <EventSentence event={event} names={names} />
        </Link>
        <Actor event={event} />
        {isPicked && <EventBody event={event} names={names} />}
      </div>
      <div className="sc">
        {event.organisation && <Link to={paths.customer(event.organisation.id)}>{event.organisation.name}</Link>}
      </div>
    </li>
  )
}

/** The day stands above. */
export function Clock({ at }: { at: string }) {
  const date = new Date(at)
  return (
    <time dateTime={at} title={formatExact(date)}>
      {formatTime(date, date)}
    </time>
  )
}

/** Who did it, where it is not the thing itself and not Fairway. */
function Actor({ event: { actor, subject } }: { event: TimelineEvent }) {
  const { t } = useTranslation()
  if (actor === null || actor.kind === 'system' || actor.id === subject) return null
  return <span className="t3"> {t('timeline.by', { actor: actor.name })}</span>
}
