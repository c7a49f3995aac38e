// Announces what happened, in the transaction that made it happen.
import './tables.ts'
import { sql } from 'kysely'
import type { Tx } from './db.ts'
import { newId } from './ids.ts'

/** Name → body of each event. Each module adds its own by declaration merging, in its events.ts. */
// oxlint-disable-next-line typescript/no-empty-interface
export interface Events {}
export type EventName = keyof Events

/** A fact of the log; the wire form is a CloudEvent (events/cloud-event.ts). */
export interface Event<Name extends EventName = EventName> {
  /** Unique; the CloudEvents `id`. */
  eventId: string
  name: Name
  /** Id of the thing it is about; its events are handled in order. */
  subject: string
  /** Who did it: a person, an installation, or `system`. */
  actor: string
  /** The customer organisation that it concerns, where it concerns one. */
  organisationId: string | null
  occurredAt: Date
  body: Events[Name]
}

export interface Announcement<Name extends EventName> {
  name: Name
  subject: string
  actor: string
  organisationId?: string | null
  occurredAt: Date
  body: Events[Name]
}

/** The channel of NOTIFY on which each process hears that the log grew; its payload is the transaction. */
export const LOG_CHANNEL = 'fairway_log'

export async function announce<Name extends EventName>(tx: Tx, event: Announcement<Name>) {
  await tx
    .insertInto('platform.event')
    .values({
      event_id: newId('ev'),
      name: event.name,
      subject: event.subject,
      actor: event.actor,
      organisation_id: event.organisationId ?? null,
      occurred_at: event.occurredAt,
      body: JSON.stringify(event.body),
    })
    .execute()
  // PostgreSQL sends one notification for equal payloads of one transaction.
  await sql`select pg_notify(${LOG_CHANNEL}, pg_current_xact_id()::text)`.execute(tx)
}
