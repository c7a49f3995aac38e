// Pages of the timeline with the names of what they tell about.
import type { Db } from '#platform/db'
import { invalidField } from '#platform/errors'
import type { Event } from '#platform/events'
import { endOfLog } from '#platform/events/log-store'
import { readArrived, readTimeline, type TimelineFilter } from '#platform/events/timeline-queries'
import { readPosition, writePosition } from '#platform/live'
import { nameEvents, type NamingFaces } from './name-events.ts'
import { isFailure, kindOf, subjectName } from './timeline.ts'
import type { TimelinePage, TimelineQuery } from './timeline-schemas.ts'

export interface TimelineDoors extends NamingFaces {
  db: Db
}

export async function viewPage(doors: TimelineDoors, query: TimelineQuery): Promise<TimelinePage> {
  const { limit = 50, before } = query
  // Asked first: what comes between the two questions is told twice rather than never.
  const newest = before === undefined ? writePosition(await endOfLog(doors.db)) : null
  const moments = await readTimeline(doors.db, filterOf(query), { before, limit: limit + 1 })
  const shown = moments.slice(0, limit)
  const view = await viewEvents(
    doors,
    shown.map(({ entry }) => entry.event),
  )
  return { ...view, next: moments.length > limit ? (shown.at(-1)?.place ?? null) : null, newest }
}

export async function viewArrived(doors: TimelineDoors, query: TimelineQuery & { after: string }): Promise<TimelinePage> {
  if (query.before !== undefined) throw invalidField('/querystring/before', 'timeline.two_ways', 'must not be sent with `after`')
  const entries = await readArrived(doors.db, filterOf(query), { after: readPosition(query.after), limit: query.limit ?? 50 })
  const newest = entries.at(-1)?.position
  const view = await viewEvents(
    doors,
    entries.map(({ event }) => event),
  )
  const items = view.items.toSorted((a, b) => b.occurredAt.localeCompare(a.occurredAt))
  return { ...view, items, next: null, newest: newest ? writePosition(newest) : query.after }
}

function filterOf({ from, to, name, organisationId, subject }: TimelineQuery): TimelineFilter {
  return {
    organisationId,
    subject,
    names: name?.split(','),
    from: from === undefined ? undefined : new Date(from),
    to: to === undefined ? undefined : new Date(to),
  }
}

async function viewEvents(faces: NamingFaces, events: Event[]): Promise<Pick<TimelinePage, 'items' | 'names'>> {
  const names = await nameEvents(faces, events)
  const items = events.map((event) => {
    const { eventId, name, subject, actor, organisationId, occurredAt, body } = event
    return {
      id: eventId,
      name,
      subject,
      subjectName: subjectName(event, names),
      organisation: organisationId === null ? null : { id: organisationId, name: names.get(organisationId) ?? organisationId },
      actor: viewActor(actor, names),
      occurredAt: occurredAt.toISOString(),
      isFailure: isFailure(event),
      body,
    }
  })
  return { items, names: Object.fromEntries(names) }
}

function viewActor(id: string, names: Map<string, string>): TimelinePage['items'][number]['actor'] {
  if (id === 'system') return { id, name: 'Fairway', kind: 'system' }
  const kind = kindOf(id)
  return kind === 'person' || kind === 'installation' ? { id, name: names.get(id) ?? id, kind } : null
}
