// The doors to the timeline: what happened, newest first, with the names of things; for staff.
import { type Actor, isStaff } from '#identity'
import { after } from '#platform/clock'
import { invalidField, Refusal } from '#platform/errors'
import { countHours, type HourCount } from '#platform/events/timeline-queries'
import type { Http } from '#platform/http'
import { FAILURES } from './timeline.ts'
import { HourList, HoursQuery, TimelinePage, TimelineQuery } from './timeline-schemas.ts'
import { type TimelineDoors, viewArrived, viewPage } from './view-timeline.ts'

const HOUR_MS = 3_600_000
const MOST_DAYS = 31

export function timelineRoutes(http: Http, doors: TimelineDoors) {
  http.get(
    '/api/v1/timeline',
    { schema: { operationId: 'readTimeline', querystring: TimelineQuery, response: { 200: TimelinePage } } },
    ({ actor, query }) => {
      refuseCustomers(actor)
      return query.after === undefined ? viewPage(doors, query) : viewArrived(doors, { ...query, after: query.after })
    },
  )

  http.get(
    '/api/v1/timeline/hours',
    { schema: { operationId: 'countTimelineHours', querystring: HoursQuery, response: { 200: HourList } } },
    async ({ actor, query: { from, to, organisationId } }) => {
      refuseCustomers(actor)
      const range = { from: new Date(from), to: new Date(to) }
      if (range.to <= range.from) throw invalidField('/querystring/to', 'timeline.range_wrong', 'must be later than `from`')
      if (range.to > after(range.from, MOST_DAYS * 24 * HOUR_MS))
        throw invalidField('/querystring/to', 'timeline.range_too_long', `must be within ${MOST_DAYS} days of \`from\``)
      return { hours: everyHour(range, await countHours(doors.db, { ...range, organisationId }, FAILURES)) }
    },
  )
}

function refuseCustomers(actor: Actor) {
  if (!isStaff(actor)) throw new Refusal('forbidden', 'event.not_yours', 'The timeline is for staff.')
}

function everyHour({ from, to }: { from: Date; to: Date }, counts: HourCount[]) {
  const known = new Map(counts.map((count) => [count.at.getTime(), count]))
  const hours = []
  for (let at = from.getTime(); at < to.getTime(); at += HOUR_MS) {
    const { total = 0, failed = 0 } = known.get(at) ?? {}
    hours.push({ at: new Date(at).toISOString(), total, failed })
  }
  return hours
}
