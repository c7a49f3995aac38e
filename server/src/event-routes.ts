// The door to the log: what happened, oldest first, as CloudEvents; for staff, whose timeline it is.
import { Type } from 'typebox'
import { isStaff } from '#identity'
import type { Db } from '#platform/db'
import { Refusal } from '#platform/errors'
import { CloudEvent, toCloudEvent } from '#platform/events/cloud-event'
import { readLog, START } from '#platform/events/log-store'
import type { Http } from '#platform/http'
import { readPosition, writePosition } from '#platform/live'
import { Fields, PageOf, pageQuery, Text } from '#platform/schemas'

const EventQuery = Fields({ ...pageQuery, subject: Type.Optional(Text(100)) })
const EventPage = PageOf('CloudEventPage', CloudEvent)

export function eventRoutes(http: Http, { db, publicUrl }: { db: Db; publicUrl: string }) {
  http.get(
    '/api/v1/events',
    { schema: { operationId: 'listEvents', querystring: EventQuery, response: { 200: EventPage } } },
    async ({ actor, query }) => {
      if (!isStaff(actor)) throw new Refusal('forbidden', 'event.not_yours', 'The log is for staff.')
      const limit = query.limit ?? 50
      const behind = query.after === undefined ? START : readPosition(query.after)
      const entries = await readLog(db, behind, { limit, subject: query.subject })
      const last = entries.length === limit ? entries.at(-1) : undefined
      return {
        items: entries.map(({ event }) => toCloudEvent(event, publicUrl)),
        next: last ? writePosition(last.position) : null,
      }
    },
  )
}
