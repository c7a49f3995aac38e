// What came since the page was read waits here until somebody asks for it: nothing moves under the eye.
import { type InfiniteData, useQuery } from '@tanstack/react-query'
import { IconArrowUp } from '@tabler/icons-react'
import { useEffect } from 'react'
import { onHappened, queryClient } from '#api'
import { Button } from '#ui'
import { useTranslation } from '#words'
import type { TimelineFilter } from './timeline-filter.ts'
import { arrivedQuery, MOST_ARRIVED, timelinePages, type TimelinePage } from './timeline-queries.ts'

/** Many come together; they are counted once. */
const GATHER_MS = 1000

interface NewEventsProps {
  filter: TimelineFilter
  newest: string | null
  /** What is shown already: an event may be told twice. */
  isShown: (eventId: string) => boolean
}

export function NewEvents({ filter, newest, isShown }: NewEventsProps) {
  const { t } = useTranslation()
  const { data, refetch } = useQuery(arrivedQuery(filter, newest))
  useEffect(() => gather(refetch), [refetch])
  const count = data?.items.filter(({ id }) => !isShown(id)).length ?? 0
  return (
    <div className="new" aria-live="polite">
      {count > 0 && data && (
        <Button size="small" icon={<IconArrowUp className="i" aria-hidden />} onClick={() => show(filter, data)}>
          {t('common.new_events', { count })}
        </Button>
      )}
    </div>
  )
}

/** Asks once for all that come together; returns how to stop. */
function gather(ask: () => Promise<unknown>) {
  let timer: ReturnType<typeof setTimeout> | undefined
  const stop = onHappened(() => {
    timer ??= setTimeout(() => {
      timer = undefined
      void ask()
    }, GATHER_MS)
  })
  return () => {
    stop()
    clearTimeout(timer)
  }
}

function show(filter: TimelineFilter, arrived: TimelinePage) {
  const { queryKey } = timelinePages(filter)
  // More than one answer holds: from the newest on again.
  if (arrived.items.length >= MOST_ARRIVED) return void queryClient.resetQueries({ queryKey })
  queryClient.setQueryData<InfiniteData<TimelinePage, string | undefined>>(queryKey, (known) => {
    const [first, ...others] = known?.pages ?? []
    return first && known ? { ...known, pages: [withArrived(first, arrived), ...others] } : known
  })
}

function withArrived(first: TimelinePage, arrived: TimelinePage): TimelinePage {
  const fresh = arrived.items.filter(({ id }) => !first.items.some((one) => one.id === id))
  const items = [...fresh, ...first.items].toSorted((a, b) => b.occurredAt.localeCompare(a.occurredAt))
  return { ...first, items, names: { ...first.names, ...arrived.names }, newest: arrived.newest }
}
