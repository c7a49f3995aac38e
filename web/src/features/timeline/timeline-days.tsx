// The events, day by day, newest first.
import { formatLongDay, useNow } from '#ui'
import { useTranslation } from '#words'
import { EventLine } from './event-line.tsx'
import { FoldLine } from './fold-line.tsx'
import { foldEvents } from './fold.ts'
import type { Names, TimelineEvent } from './timeline-queries.ts'

/** The day may end while the page is looked at. */
const MINUTE_MS = 60_000

interface DaysProps {
  events: TimelineEvent[]
  names: Names
  picked: string | undefined
}

export function TimelineDays({ events, names, picked }: DaysProps) {
  const days = Map.groupBy(events, ({ occurredAt }) => new Date(occurredAt).toDateString())
  return [...days.values()].map((ofDay) => (
    <section key={ofDay[0]!.occurredAt.slice(0, 10)}>
      <h2 className="day">
        <DayName at={new Date(ofDay[0]!.occurredAt)} />
      </h2>
      <ol>
        {foldEvents(ofDay).map((line) =>
          line.kind === 'event' ? (
            <EventLine key={line.event.id} event={line.event} names={names} isPicked={line.event.id === picked} />
          ) : (
            // New ones may come to the top of it; its oldest stays.
            <FoldLine key={`${line.events.at(-1)?.id}+`} fold={line} names={names} picked={picked} />
          ),
        )}
      </ol>
    </section>
  ))
}

function DayName({ at }: { at: Date }) {
  const { t } = useTranslation()
  const now = new Date(useNow(MINUTE_MS))
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1)
  const day = formatLongDay(at)
  if (at.toDateString() === now.toDateString()) return t('timeline.today', { day })
  return at.toDateString() === yesterday.toDateString() ? t('timeline.yesterday', { day }) : day
}
