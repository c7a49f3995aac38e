// The wire shapes of known errors: one for everybody who may see it, one with what staff know beyond that.
import { Type } from 'typebox'
import { Fields, Id, named, OneOf, PageOf, pageQuery, Slug, Text } from '#platform/schemas'
import { KNOWN_ERROR_STATES } from './known-error.ts'

const texts = {
  title: Text(200),
  description: Text(20_000, { minLength: 0 }),
  affectedVersions: Text(200, { description: 'A SemVer range, `>=1.0.0 <1.1.1`.' }),
  workaround: Text(20_000, { minLength: 0 }),
  cause: Text(20_000, { minLength: 0, description: 'What we found out; never shown to customers.' }),
  state: OneOf(KNOWN_ERROR_STATES),
}

export const NewKnownError = named(
  'NewKnownError',
  Fields({
    productId: Slug,
    title: texts.title,
    affectedVersions: texts.affectedVersions,
    description: Type.Optional(texts.description),
    workaround: Type.Optional(texts.workaround),
    cause: Type.Optional(texts.cause),
    state: Type.Optional(texts.state),
  }),
)
export const KnownErrorChange = named(
  'KnownErrorChange',
  Fields({
    title: Type.Optional(texts.title),
    affectedVersions: Type.Optional(texts.affectedVersions),
    description: Type.Optional(texts.description),
    workaround: Type.Optional(texts.workaround),
    cause: Type.Optional(texts.cause),
    state: Type.Optional(texts.state),
  }),
)
export const KnownErrorPath = Fields({ knownErrorId: Id })
export const KnownErrorQuery = Fields({
  ...pageQuery,
  productId: Type.Optional(Slug),
  state: Type.Optional(OneOf(KNOWN_ERROR_STATES)),
  affectsMe: Type.Optional(Type.Boolean({ description: 'For customers: only those that an own installation has.' })),
})

const common = {
  id: Type.String(),
  productId: Type.String(),
  title: Type.String(),
  description: Type.String(),
  affectedVersions: Type.String(),
  workaround: Type.String(),
  state: OneOf(KNOWN_ERROR_STATES),
  fixedIn: Type.Array(Type.String(), { description: 'Versions of the published releases that fix it.' }),
  createdAt: Type.String(),
  changedAt: Type.String(),
}

const ownInstallation = Type.Object({ installationId: Type.String(), name: Type.String(), version: Type.String() })
const forStaff = {
  view: Type.Literal('staff'),
  ...common,
  cause: Type.String(),
  createdBy: Type.Object({ id: Type.String(), name: Type.String() }),
  affected: Type.Object(
    { installations: Type.Integer(), organisations: Type.Integer() },
    { description: 'Active installations that run a version with it, and whose they are.' },
  ),
  fixedInstallations: Type.Integer({ description: 'Active installations that run a version with its fix.' }),
  openInquiryCount: Type.Integer({ description: 'Inquiries that close by themselves when their installations run its fix.' }),
}

export const KnownErrorForCustomer = named(
  'KnownError',
  Type.Object({
    view: Type.Literal('customer'),
    ...common,
    affects: Type.Array(ownInstallation, { description: 'Own active installations that run a version with it.' }),
  }),
)
export const KnownErrorForStaff = named('KnownErrorForStaff', Type.Object(forStaff))
export const KnownErrorDetailForStaff = named(
  'KnownErrorDetailForStaff',
  Type.Object({
    ...forStaff,
    openInquiries: Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        organisation: Type.Object({ id: Type.String(), name: Type.String() }),
      }),
      { description: 'Those of `openInquiryCount`, the newest fifty.' },
    ),
  }),
)
export const AnyKnownError = Type.Union([KnownErrorForCustomer, KnownErrorDetailForStaff])
export const AnyKnownErrorPage = Type.Union([
  PageOf('KnownErrorPage', KnownErrorForCustomer),
  PageOf('KnownErrorPageForStaff', KnownErrorForStaff),
])

export type KnownErrorWish = Type.Static<typeof NewKnownError>
export type KnownErrorWishes = Type.Static<typeof KnownErrorChange>
export type CustomerKnownError = Type.Static<typeof KnownErrorForCustomer>
export type StaffKnownError = Type.Static<typeof KnownErrorForStaff>
export type StaffKnownErrorDetail = Type.Static<typeof KnownErrorDetailForStaff>
