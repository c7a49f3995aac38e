// The wire shapes of inquiries. What customers see and what staff see are separate types: notes exist in one of them only.
import { Type } from 'typebox'
import { Fields, Id, named, Nullable, OneOf, Text } from '#platform/schemas'
import { AttachmentView } from '../attachments/attachment-schemas.ts'
import { CHOSEN_STATUSES, KINDS, STATUSES } from './inquiry.ts'
import { STATION_STATES, STATIONS } from './stations.ts'
import { SUGGESTION_REASONS } from './suggest-known-errors.ts'

export const NewInquiry = named(
  'NewInquiry',
  Fields({
    organisationId: Type.Optional(Id),
    kind: OneOf(KINDS),
    title: Text(200),
    text: Text(20_000),
    installationIds: Type.Optional(Type.Array(Id, { maxItems: 20 })),
  }),
)
export const InquiryPath = Fields({ inquiryId: Id })
export const NewMessage = named('NewMessage', Fields({ text: Text(20_000), status: Type.Optional(OneOf(CHOSEN_STATUSES)) }))
export const NewNote = named('NewNote', Fields({ text: Text(20_000) }))
export const Reopening = named('Reopening', Fields({ text: Type.Optional(Text(20_000)) }))
export const InquiryChangeBody = named(
  'InquiryChange',
  Fields({
    assigneeId: Type.Optional(Nullable(Id)),
    status: Type.Optional(OneOf(CHOSEN_STATUSES)),
    knownErrorId: Type.Optional(Nullable(Id)),
  }),
)
/** A person as customers see them: a name. */
export const Author = named('Author', Type.Object({ name: Type.String() }))
export const PersonRef = named('PersonRef', Type.Object({ id: Type.String(), name: Type.String() }))

const MessageView = named(
  'Message',
  Type.Object({
    id: Type.String(),
    from: OneOf(['member', 'staff', 'system']),
    author: Nullable(Author),
    text: Type.String(),
    createdAt: Type.String(),
  }),
)
const NoteView = named(
  'Note',
  Type.Object({ id: Type.String(), author: PersonRef, text: Type.String(), createdAt: Type.String() }),
)

const SnapshotView = named(
  'InquiryInstallation',
  Type.Object({
    installationId: Type.String(),
    name: Type.String(),
    productId: Type.String(),
    channel: Type.String(),
    version: Nullable(Type.String()),
    health: Type.String(),
    lastSeenAt: Nullable(Type.String()),
    lastReport: Nullable(Type.Object({ kind: Type.String(), at: Type.String(), reason: Nullable(Type.String()) })),
  }),
)

const ProofView = named(
  'ClosingProof',
  Type.Object({
    version: Type.String({ description: 'The version that brought the fix.' }),
    at: Type.String(),
    installations: Type.Array(
      Type.Object({ installationId: Type.String(), name: Type.String(), version: Type.String(), healthySince: Type.String() }),
    ),
    silent: Type.Array(Type.Object({ installationId: Type.String(), name: Type.String(), lastSeenAt: Nullable(Type.String()) })),
  }),
)

const FixView = named(
  'AwaitedFix',
  Type.Object({
    because: Type.String({ description: 'Why it is not closed yet: `no_fix`, `not_installed`, `not_healthy`, `proving` …' }),
    version: Nullable(Type.String({ description: 'What is on its way.' })),
    waitsFor: Type.Array(
      Type.Object({
        installationId: Type.String(),
        name: Type.String(),
        version: Nullable(Type.String()),
        because: Type.String(),
      }),
    ),
  }),
)

const StationView = named(
  'InquiryStation',
  Type.Object({
    station: OneOf(STATIONS),
    state: OneOf(STATION_STATES),
    at: Nullable(Type.String()),
    version: Nullable(Type.String({ description: 'The one that mends it, that is awaited, or that runs.' })),
    detail: Nullable(
      Type.Object({
        installation: Type.Optional(Type.String({ description: 'Its name: the last one that came, or the only one awaited.' })),
        knownError: Type.Optional(Type.String({ description: 'Its id.' })),
      }),
    ),
  }),
)

const KnownErrorRef = named('KnownErrorRef', Type.Object({ id: Type.String(), title: Type.String(), workaround: Type.String() }))

export const common = {
  id: Type.String(),
  organisationId: Type.String(),
  kind: OneOf(KINDS),
  title: Type.String(),
  status: OneOf(STATUSES),
  solvedIn: Nullable(Type.String({ description: 'The version that solved it, where it closed by itself.' })),
  createdAt: Type.String(),
  changedAt: Type.String(),
  closedAt: Nullable(Type.String()),
}

const detail = {
  text: Type.String(),
  proof: Nullable(ProofView),
  fix: Nullable(FixView),
  stations: Type.Array(StationView, {
    description: 'Five, from reported to healthy; at most one is `now`, none where nothing goes on by itself.',
  }),
  knownError: Nullable(KnownErrorRef),
  installations: Type.Array(SnapshotView),
  messages: Type.Array(MessageView),
  attachments: Type.Array(AttachmentView),
}

const SuggestionView = named(
  'KnownErrorSuggestion',
  Type.Object({ knownError: KnownErrorRef, reasons: Type.Array(OneOf(SUGGESTION_REASONS)) }),
)

export const InquiryForCustomer = named(
  'Inquiry',
  Type.Object({ view: Type.Literal('customer'), ...common, ...detail, openedBy: Author }),
)
export const InquiryForStaff = named(
  'InquiryForStaff',
  Type.Object({
    view: Type.Literal('staff'),
    ...common,
    ...detail,
    organisation: Type.Object({ id: Type.String(), name: Type.String() }),
    openedBy: PersonRef,
    assignee: Nullable(PersonRef),
    notes: Type.Array(NoteView),
    waitsSince: Nullable(Type.String({ description: 'Since when it waits for us without a break; null while it does not.' })),
    suggestions: Type.Array(SuggestionView, {
      description: 'Known errors that it may come from, three at most; none once it is tied to one.',
    }),
  }),
)

/** `view` tells them apart; each is written by its own schema. */
export const AnyInquiry = Type.Union([InquiryForCustomer, InquiryForStaff])
export type CustomerView = Type.Static<typeof InquiryForCustomer>
export type StaffView = Type.Static<typeof InquiryForStaff>
