// What the timeline asks: pages further and further back, what came since, and how much there was in each hour.
import { infiniteQueryOptions, type QueryFunctionContext, queryOptions } from '@tanstack/react-query'
import { api, client, type Schemas } from '#api'
import type { TimelineFilter } from './timeline-filter.ts'

export type TimelineEvent = Schemas['TimelineEvent']
export type TimelinePage = Schemas['TimelinePage']
/** Ids in bodies → what those things are called. */
export type Names = Readonly<Record<string, string>>

const PATH = '/api/v1/timeline'
const PAGE = 50
export const MOST_ARRIVED = 200
const DAY_MS = 86_400_000
export const DAYS = 7
const HOURS_EVERY_MS = 60_000

function questionOf({ organisation, subject, name, until }: TimelineFilter) {
  return {
    ...(organisation && { organisationId: organisation }),
    ...(subject && { subject }),
    ...(name && { name }),
    ...(until && { to: until }),
  }
}

export function timelinePages(filter: TimelineFilter) {
  const question = questionOf(filter)
  return infiniteQueryOptions({
    queryKey: ['get', PATH, { query: question }, 'back'],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }: QueryFunctionContext<readonly unknown[], string | undefined>) =>
      ask({ ...question, limit: PAGE, ...(pageParam === undefined ? {} : { before: pageParam }) }, signal),
    getNextPageParam: ({ next }: TimelinePage) => next ?? undefined,
    // What happened stays as it was; what is new waits until it is asked for.
    staleTime: Infinity,
  })
}

export function arrivedQuery(filter: TimelineFilter, newest: string | null) {
  return queryOptions({
    queryKey: ['get', PATH, { query: questionOf(filter) }, 'since', newest],
    queryFn: ({ signal }) => ask({ ...questionOf(filter), limit: MOST_ARRIVED, after: newest ?? '' }, signal),
    enabled: newest !== null && filter.until === undefined,
    staleTime: 0,
  })
}

export function hoursQuery({ organisation }: TimelineFilter, now = new Date()) {
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate())
  // By the calendar: a day at which the clocks change has 23 or 25 hours.
  const from = new Date(midnight.getFullYear(), midnight.getMonth(), midnight.getDate() - (DAYS - 1))
  const query = {
    from: from.toISOString(),
    to: new Date(midnight.getTime() + DAY_MS).toISOString(),
    ...(organisation && { organisationId: organisation }),
  }
  return api.queryOptions('get', '/api/v1/timeline/hours', { params: { query } }, { refetchInterval: HOURS_EVERY_MS })
}

async function ask(query: object, signal: AbortSignal) {
  const { data, error } = await client.GET(PATH, { params: { query }, signal })
  if (!data) throw error
  return data
}
