// Answers about what happened: the timeline, its hours, the log as CloudEvents, mails.
import type { Ask, Handlers } from '../contract.ts'
import { pageOf } from '../paging.ts'
import { notFound } from '../problem.ts'
import { msOf } from '../times.ts'
import { isFailure, namesIn, readPlace, toCloudEvent, viewHappening, writePlace } from '../views/happening-view.ts'
import type { Happening, World } from '../world.ts'

const HOUR_MS = msOf('1h')

export const logHandlers = {
  'get /api/v1/timeline': ({ world, query }) => {
    const { limit = 50, before, after } = query
    const found = world.log.filter((one) => isWanted(one, query)).toReversed()
    const newest = world.log.at(-1)?.place ?? 0
    if (after !== undefined) {
      const arrived = found.filter(({ place }) => place > readPlace(after)).slice(-limit)
      return { ...view(world, arrived), next: null, newest: writePlace(arrived[0] ?? { place: readPlace(after) }) }
    }
    const earlier = before === undefined ? found : found.filter(({ place }) => place < readPlace(before))
    const shown = earlier.slice(0, limit)
    const last = shown.at(-1)
    return {
      ...view(world, shown),
      next: earlier.length > limit && last ? writePlace(last) : null,
      newest: before === undefined ? writePlace({ place: newest }) : null,
    }
  },
  'get /api/v1/timeline/hours': ({ world, query }) => ({ hours: countHours(world, query) }),
  'get /api/v1/events': ({ world, query: { subject, ...page } }) => {
    const found = world.log.filter((one) => (subject ?? one.subject) === one.subject)
    const { items, next } = pageOf(found, page)
    return { items: items.map(toCloudEvent), next }
  },
  'get /api/v1/mails': ({ world }) => ({ items: world.mails }),
  'post /api/v1/mails/{mailId}/retry': ({ world, path }) => {
    const mail = world.mails.find(({ id }) => id === path.mailId)
    if (!mail) throw notFound('mail', path.mailId)
    Object.assign(mail, { state: 'waiting', lastError: null })
  },
  'get /api/v1/parked-events': ({ world }) => ({ items: world.parked }),
  'post /api/v1/parked-events/retry': ({ world, body }) => forgetParked(world, body.eventId),
  'post /api/v1/parked-events/skip': ({ world, body }) => forgetParked(world, body.eventId),
} satisfies Handlers

/** Tried again, it works; left out, it is gone as well. */
function forgetParked(world: World, eventId: string) {
  if (!world.parked.some((one) => one.eventId === eventId)) throw notFound('parked_event', eventId)
  world.parked = world.parked.filter((one) => one.eventId !== eventId)
}

type Filter = Omit<Ask<'get /api/v1/timeline'>['query'], never>

function isWanted({ name, subject, organisationId, occurredAt }: Happening, filter: Filter) {
  const names = filter.name?.split(',')
  return (
    (filter.organisationId ?? organisationId) === organisationId &&
    (filter.subject ?? subject) === subject &&
    (filter.from === undefined || occurredAt >= filter.from) &&
    (filter.to === undefined || occurredAt < filter.to) &&
    (names === undefined || names.some((one) => (one.endsWith('.') ? name.startsWith(one) : name === one)))
  )
}

function view(world: World, shown: Happening[]) {
  return {
    items: shown.map((one) => viewHappening(world, one)),
    names: Object.fromEntries(shown.flatMap((one) => namesIn(world, one))),
  }
}

function countHours({ log }: World, { from, to, organisationId }: Ask<'get /api/v1/timeline/hours'>['query']) {
  const [start, end] = [Date.parse(from), Date.parse(to)]
  const hours = Array.from({ length: Math.ceil((end - start) / HOUR_MS) }, (_, index) => ({
    at: new Date(start + index * HOUR_MS).toISOString(),
    total: 0,
    failed: 0,
  }))
  for (const one of log) {
    const hour = hours[Math.floor((Date.parse(one.occurredAt) - start) / HOUR_MS)]
    if (!hour || (organisationId ?? one.organisationId) !== one.organisationId) continue
    hour.total += 1
    if (isFailure(one)) hour.failed += 1
  }
  return hours
}
