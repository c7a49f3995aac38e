// The wire form of a fact: a CloudEvent (CloudEvents 1.0.2, JSON event format).
import { type Static, Type } from 'typebox'
import type { Event } from '../events.ts'
import { named } from '../schemas.ts'

export const CloudEvent = named(
  'CloudEvent',
  Type.Object({
    specversion: Type.Literal('1.0'),
    id: Type.String(),
    source: Type.String({ description: 'The public address of this Fairway.' }),
    type: Type.String({ description: '`dev.fairway.` and the name of the event.' }),
    subject: Type.String({ description: 'Id of the thing that it is about.' }),
    time: Type.String(),
    datacontenttype: Type.Literal('application/json'),
    data: Type.Object({}, { additionalProperties: true }),
    // Extension attributes are lower-case letters and digits (§ Naming Conventions).
    actor: Type.String({ description: 'Who did it: a person, an installation, or `system`.' }),
    organisationid: Type.Optional(Type.String()),
  }),
)

export function toCloudEvent(event: Event, source: string): Static<typeof CloudEvent> {
  const { eventId, name, subject, actor, organisationId, occurredAt, body } = event
  return {
    specversion: '1.0',
    id: eventId,
    source,
    type: `dev.fairway.${name}`,
    subject,
    time: occurredAt.toISOString(),
    datacontenttype: 'application/json',
    data: body,
    actor,
    ...(organisationId === null ? {} : { organisationid: organisationId }),
  }
}
