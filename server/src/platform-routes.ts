// The doors of the platform itself: health, metrics, live updates, mail, and events that a reaction could not handle.
import { Type } from 'typebox'
import { hasRole, isStaff } from '#identity'
import { Refusal } from '#platform/errors'
import { listBacklog, removeFromBacklog, retryParked } from '#platform/events/reactions-store'
import type { Http } from '#platform/http'
import type { Mail } from '#platform/mail'
import type { Metrics } from '#platform/metrics'
import { Fields, Id, named, Nullable, Text } from '#platform/schemas'
import { eventRoutes } from './event-routes.ts'
import { type LiveDoors, liveRoutes } from './live-routes.ts'
import { timelineRoutes } from './timeline-routes.ts'
import type { TimelineDoors } from './view-timeline.ts'

type PlatformDoors = LiveDoors &
  TimelineDoors & {
    mail: Mail
    metrics: Metrics
    publicUrl: string
    isReady: () => boolean
  }

const LOOPBACK = /^(::1|127\.|::ffff:127\.)/

const MailView = named(
  'Mail',
  Type.Object({
    id: Type.String(),
    to: Type.String(),
    subject: Type.String(),
    text: Nullable(Type.String({ description: 'Only where no mail server is set: it may carry a sign-in link.' })),
    state: Type.String(),
    attempts: Type.Integer(),
    lastError: Nullable(Type.String()),
    createdAt: Type.String(),
    sentAt: Nullable(Type.String()),
  }),
)

const ParkedView = named(
  'ParkedEvent',
  Type.Object({
    reaction: Type.String(),
    eventId: Type.String(),
    subject: Type.String(),
    state: Type.String(),
    attempts: Type.Integer(),
    nextAt: Type.String(),
    lastError: Nullable(Type.String()),
  }),
)

export function platformRoutes(http: Http, doors: PlatformDoors) {
  healthRoutes(http, doors)
  liveRoutes(http, doors)
  mailRoutes(http, doors)
  mailRetryRoute(http, doors)
  parkedRoutes(http, doors)
  eventRoutes(http, doors)
  timelineRoutes(http, doors)
}

function healthRoutes(http: Http, { db, metrics, isReady }: PlatformDoors) {
  http.get('/health/live', { schema: { hide: true }, config: { access: 'public' } }, () => ({ status: 'ok' }))

  http.get('/health/ready', { schema: { hide: true }, config: { access: 'public' } }, async (_request, reply) => {
    const database = await db
      .selectNoFrom((eb) => eb.lit(1).as('one'))
      .execute()
      .then(() => true)
      .catch(() => false)
    const ready = database && isReady()
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ok' : 'not ready', database: database ? 'ok' : 'unreachable' })
  })

  http.get('/metrics', { schema: { hide: true }, config: { access: 'public', takesToken: true } }, async (request, reply) => {
    // Behind a proxy the address is that of the caller, so a proxy on this machine opens nothing.
    const mayRead =
      (LOOPBACK.test(request.ip) && request.headers['x-forwarded-for'] === undefined) || request.scopes.includes('metrics:read')
    if (!mayRead)
      throw new Refusal(
        'forbidden',
        'metrics.not_yours',
        'Metrics are for this machine, or for a token with the scope metrics:read.',
      )
    return reply.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}

function mailRoutes(http: Http, { mail }: PlatformDoors) {
  http.get(
    '/api/v1/mails',
    { schema: { operationId: 'listMails', response: { 200: named('Mails', Type.Object({ items: Type.Array(MailView) })) } } },
    async ({ actor }) => {
      if (!hasRole(actor)) throw new Refusal('forbidden', 'mail.not_yours', 'Mails are for administrators.')
      const mails = await mail.list()
      return {
        items: mails.map((one) => ({
          ...one,
          createdAt: one.createdAt.toISOString(),
          sentAt: one.sentAt?.toISOString() ?? null,
        })),
      }
    },
  )
}

const MailPath = Fields({ mailId: Id })

function mailRetryRoute(http: Http, { mail }: PlatformDoors) {
  http.post(
    '/api/v1/mails/:mailId/retry',
    { schema: { operationId: 'retryMail', params: MailPath, response: { 204: Type.Null() } } },
    async ({ actor, params }, reply) => {
      if (!hasRole(actor)) throw new Refusal('forbidden', 'mail.not_yours', 'Mails are for administrators.')
      await mail.retry(params.mailId)
      return reply.code(204).send(null)
    },
  )
}

const ParkedBody = named('ParkedEventRef', Fields({ reaction: Text(100), eventId: Id }))

function parkedRoutes(http: Http, { db }: PlatformDoors) {
  http.get(
    '/api/v1/parked-events',
    {
      schema: {
        operationId: 'listParkedEvents',
        response: { 200: named('ParkedEvents', Type.Object({ items: Type.Array(ParkedView) })) },
      },
    },
    async ({ actor }) => {
      if (!isStaff(actor)) throw new Refusal('forbidden', 'parked_event.not_yours', 'This is for staff.')
      const rows = await listBacklog(db)
      return {
        items: rows.map((row) => ({
          reaction: row.reaction,
          eventId: row.event_id,
          subject: row.subject,
          state: row.state,
          attempts: row.attempts,
          nextAt: row.next_at.toISOString(),
          lastError: row.last_error,
        })),
      }
    },
  )

  for (const [verb, act] of [
    ['retry', retryParked],
    ['skip', removeFromBacklog],
  ] as const) {
    http.post(
      `/api/v1/parked-events/${verb}`,
      { schema: { operationId: `${verb}ParkedEvent`, body: ParkedBody, response: { 204: Type.Null() } } },
      async ({ actor, body }, reply) => {
        if (!hasRole(actor, 'operator')) throw new Refusal('forbidden', 'parked_event.not_yours', 'This is for operators.')
        if (!(await act(db, body.reaction, body.eventId)))
          throw new Refusal('not_found', 'parked_event.unknown', 'There is no such parked event.')
        return reply.code(204).send(null)
      },
    )
  }
}
