// The timeline: what changed before it broke; everything that happened, newest first.
import { useQuery, useSuspenseInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { api, ensure, everyCustomerQuery, queryClient } from '#api'
import { paths } from '#paths'
import { ButtonLink, ConsolePage, Empty, formatTime, ShowMore } from '#ui'
import { useTranslation } from '#words'
import { Hours } from './hours.tsx'
import { NewEvents } from './new-events.tsx'
import { TimelineDays } from './timeline-days.tsx'
import { isFiltered, kindOf, readFilter, type TimelineFilter } from './timeline-filter.ts'
import { hoursQuery, timelinePages } from './timeline-queries.ts'
import { TimelineTools } from './timeline-tools.tsx'
import './timeline.css'

export async function loader({ request }: LoaderFunctionArgs) {
  const filter = readFilter(new URL(request.url).searchParams)
  await Promise.all([queryClient.ensureInfiniteQueryData(timelinePages(filter)), ensure(hoursQuery(filter), everyCustomerQuery)])
  return null
}

export function Component() {
  const { t } = useTranslation()
  const [params] = useSearchParams()
  const filter = readFilter(params)
  const picked = params.get('event') ?? undefined
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery(timelinePages(filter))
  const events = uniqueById(data.pages.flatMap(({ items }) => items))
  const names = { ...useVersions(), ...Object.assign({}, ...data.pages.map((page) => page.names)) }
  const subjectName = events.find(({ subject }) => subject === filter.subject)?.subjectName ?? filter.subject ?? ''
  return (
    <ConsolePage
      title={t('timeline.title')}
      crumbs={[{ words: t('timeline.title') }]}
      heading={t(`timeline.scope.${kindOf(filter)}`)}
      lead={useScope(filter, subjectName)}
    >
      <TimelineTools filter={filter} subjectName={subjectName} />
      {(events.length > 0 || isFiltered(filter)) && <Hours filter={filter} />}
      <NewEvents filter={filter} newest={data.pages[0]?.newest ?? null} isShown={(id) => events.some((one) => one.id === id)} />
      {picked !== undefined && !events.some(({ id }) => id === picked) && <p className="t2 s13">{t('timeline.further_back')}</p>}
      {events.length === 0 && <Nothing filter={filter} />}
      <TimelineDays events={events} names={names} picked={picked} />
      <ShowMore more={hasNextPage ? () => void fetchNextPage() : undefined} isComing={isFetchingNextPage} />
    </ConsolePage>
  )
}

/** The scope as sentences: whose, about what, until when. */
function useScope({ organisation, subject, until }: TimelineFilter, subjectName: string) {
  const { t } = useTranslation()
  const customers = useSuspenseQuery(everyCustomerQuery).data
  const customer = customers.find(({ id }) => id === organisation)?.name ?? organisation
  const about = subject && t('timeline.lead_subject', { subject: subjectName })
  const where = customer ? t('timeline.lead_customer', { customer }) : t('timeline.lead_all')
  return [about ?? where, until && t('timeline.lead_until', { time: formatTime(new Date(until)) })].filter(Boolean).join(' ')
}

/** Events name releases by their ids; the newest hundred are told by their versions. */
function useVersions(): Record<string, string> {
  const { data } = useQuery(api.queryOptions('get', '/api/v1/releases', { params: { query: { limit: 100 } } }))
  return Object.fromEntries((data?.items ?? []).map(({ id, version }) => [id, version]))
}

function uniqueById<Item extends { id: string }>(items: Item[]) {
  return [...new Map(items.map((item) => [item.id, item])).values()]
}

function Nothing({ filter }: { filter: TimelineFilter }) {
  const { t } = useTranslation()
  if (!isFiltered(filter)) return <Empty>{t('timeline.empty')}</Empty>
  return (
    <Empty action={<ButtonLink to={paths.timeline()}>{t('common.clear_filters')}</ButtonLink>}>
      {t('timeline.empty_filter')}
    </Empty>
  )
}
