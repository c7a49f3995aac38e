// The wire shapes of lists of inquiries and of their counts; customers' and staff's are separate types.
import { Type } from 'typebox'
import { Fields, Id, named, Nullable, OneOf, PageOf, pageQuery, Text } from '#platform/schemas'
import { INQUIRY_SORTS } from './inquiry-cursor.ts'
import { Author, common, PersonRef } from './inquiry-schemas.ts'
import { STATUSES } from './inquiry.ts'

export const InquiryQuery = Fields({
  ...pageQuery,
  state: Type.Optional(OneOf(['open', 'closed', ...STATUSES])),
  organisationId: Type.Optional(Id),
  knownErrorId: Type.Optional(Id),
  assigneeId: Type.Optional(Type.Union([OneOf(['me', 'none']), Id])),
  installationId: Type.Optional(Id),
  q: Type.Optional(Text(100, { description: 'Part of the title or of the id.' })),
  sort: Type.Optional(OneOf(INQUIRY_SORTS)),
})

const installations = Type.Array(Type.Object({ id: Type.String(), name: Type.String() }), {
  description: 'The first three that it names.',
})

const InquirySummary = named(
  'InquirySummary',
  Type.Object({ view: Type.Literal('customer'), ...common, openedBy: Author, installations }),
)
const InquirySummaryForStaff = named(
  'InquirySummaryForStaff',
  Type.Object({
    view: Type.Literal('staff'),
    ...common,
    organisation: Type.Object({ id: Type.String(), name: Type.String() }),
    openedBy: PersonRef,
    assignee: Nullable(PersonRef),
    knownErrorId: Nullable(Type.String()),
    productId: Nullable(Type.String({ description: 'Of the first installation that it names, else of its known error.' })),
    installations,
    waitsSince: Nullable(Type.String({ description: 'Since when it waits for us without a break; null while it does not.' })),
    lastMessage: Nullable(
      Type.Object(
        { from: OneOf(['member', 'staff', 'system']), at: Type.String() },
        { description: 'Null where nobody wrote after the question itself.' },
      ),
    ),
  }),
)
export const AnyInquiryPage = Type.Union([
  PageOf('InquiryPage', InquirySummary),
  PageOf('InquiryPageForStaff', InquirySummaryForStaff),
])

export const AnyInquiryCounts = Type.Union([
  named(
    'InquiryCounts',
    Type.Object({
      view: Type.Literal('customer'),
      waitingForYou: Type.Integer(),
      open: Type.Integer(),
      solved7d: Type.Integer({ description: 'Closed within the last seven days and still so.' }),
    }),
  ),
  named(
    'InquiryCountsForStaff',
    Type.Object({
      view: Type.Literal('staff'),
      new: Type.Integer(),
      withUs: Type.Integer({ description: 'With us, reopened ones included, new ones not.' }),
      waitsForCustomer: Type.Integer(),
      open: Type.Integer({ description: 'All that are open, those whose fix is on its way included.' }),
      mine: Type.Integer({ description: 'Open and assigned to you.' }),
      unassigned: Type.Integer({ description: 'Open and assigned to nobody.' }),
      closedByThemselves: Type.Integer({ description: 'Of `closed7d`, how many needed nobody.' }),
      closed7d: Type.Integer({ description: 'Closed within the last seven days and still so.' }),
    }),
  ),
])

export type InquirySearch = Type.Static<typeof InquiryQuery>
export type CustomerSummary = Type.Static<typeof InquirySummary>
export type StaffSummary = Type.Static<typeof InquirySummaryForStaff>
export type AnyCounts = Type.Static<typeof AnyInquiryCounts>
