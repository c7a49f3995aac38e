// The wire shapes of organisations.
import { type Static, Type } from 'typebox'
import { Fields, Id, named, Nullable, PageOf, pageQuery, Text } from '#platform/schemas'

const Language = Type.String({
  pattern: '^[a-z]{2}(-[A-Z]{2})?$',
  maxLength: 5,
  description: 'Of its people, for mails and pages; `en` where it is absent.',
})

export const OrganisationView = named(
  'Organisation',
  Type.Object({
    id: Type.String(),
    name: Type.String(),
    language: Type.String(),
    createdAt: Type.String(),
    archivedAt: Nullable(Type.String({ description: 'Since then none of its people can sign in.' })),
  }),
)
export type OrganisationView = Static<typeof OrganisationView>

export const OrganisationPage = PageOf('OrganisationPage', OrganisationView)
export const OrganisationPath = Type.Object({ organisationId: Id })
export const NewOrganisation = named('NewOrganisation', Fields({ name: Text(120), language: Type.Optional(Language) }))
export const OrganisationChange = named(
  'OrganisationChange',
  Fields({ name: Type.Optional(Text(120)), language: Type.Optional(Language), archived: Type.Optional(Type.Boolean()) }),
)
export type OrganisationChange = Static<typeof OrganisationChange>

/** The cursor is the id of the last item. */
export const idPage = Fields({ ...pageQuery, after: Type.Optional(Id) })
