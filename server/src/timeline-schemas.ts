// The wire shapes of the timeline; staff alone see it, so names and bodies are whole.
import { type Static, Type } from 'typebox'
import { Fields, Id, Int32, named, Nullable, OneOf, Text, Timestamp } from '#platform/schemas'

export const TimelineQuery = Fields({
  limit: Type.Optional(Int32(1, 200)),
  before: Type.Optional(Text(60, { description: '`next` of the page before: what happened earlier.' })),
  after: Type.Optional(Text(60, { description: '`newest` of a page, or the id of a live update: what came since.' })),
  from: Type.Optional(Timestamp),
  to: Type.Optional(Timestamp),
  organisationId: Type.Optional(Id),
  subject: Type.Optional(Text(100)),
  name: Type.Optional(
    Type.String({
      pattern: '^[a-z]+\\.[a-z_]*(,[a-z]+\\.[a-z_]*){0,9}$',
      maxLength: 400,
      description: 'Ten at most, with commas between: names, or beginnings like `delivery.`',
    }),
  ),
})
export const HoursQuery = Fields({ from: Timestamp, to: Timestamp, organisationId: Type.Optional(Id) })

const NamedThing = Type.Object({ id: Type.String(), name: Type.String() })
const TimelineEvent = named(
  'TimelineEvent',
  Type.Object({
    id: Type.String(),
    name: Type.String({ description: '`portal.inquiry_opened`' }),
    subject: Type.String({ description: 'Id of the thing that it is about.' }),
    subjectName: Nullable(Type.String()),
    organisation: Nullable(NamedThing),
    actor: Nullable(Type.Object({ id: Type.String(), name: Type.String(), kind: OneOf(['person', 'installation', 'system']) })),
    occurredAt: Type.String(),
    isFailure: Type.Boolean({ description: 'It means that something went wrong; counted as `failed` by the hour.' }),
    body: Type.Object({}, { additionalProperties: true }),
  }),
)
export const TimelinePage = named(
  'TimelinePage',
  Type.Object({
    items: Type.Array(TimelineEvent, { description: 'Newest first.' }),
    names: Type.Record(Type.String(), Type.String(), {
      description: 'Of the ids in bodies: people, installations, inquiries, products …',
    }),
    next: Nullable(
      Type.String({
        description: 'Send as `before` for what happened earlier; null at the beginning, and where `after` was sent.',
      }),
    ),
    newest: Nullable(
      Type.String({
        description: 'Send as `after` to learn what came since; an event may come a second time. Null on earlier pages.',
      }),
    ),
  }),
)
export const HourList = named(
  'TimelineHours',
  Type.Object({
    hours: Type.Array(
      Type.Object({ at: Type.String({ description: 'Its beginning.' }), total: Type.Integer(), failed: Type.Integer() }),
      { description: 'Every hour from `from` on, empty ones too.' },
    ),
  }),
)

export type TimelineQuery = Static<typeof TimelineQuery>
export type TimelinePage = Static<typeof TimelinePage>
