// The wire shapes of installations; OpenAPI and the client come from here.
import { type TInteger, Type } from 'typebox'
import { Fields, Id, named, Nullable, OneOf, PageOf, pageQuery, Slug, Text, Version } from '#platform/schemas'
import { OUTCOME_KINDS } from '../installation.ts'
import { type Condition, CONDITIONS } from './condition.ts'
import { SORTS } from './installation-order-queries.ts'

export const InstallationPath = Fields({ installationId: Id })
export const InstallationPatch = named('InstallationPatch', Fields({ name: Type.Optional(Text(100)) }))
export const PagePath = Fields(pageQuery)

const filter = {
  organisationId: Type.Optional(Id),
  productId: Type.Optional(Slug),
  channel: Type.Optional(Slug),
  version: Type.Optional(Version),
  health: Type.Optional(OneOf(['healthy', 'unhealthy', 'unknown'])),
  condition: Type.Optional(OneOf(CONDITIONS)),
  state: Type.Optional(OneOf(['active', 'retired', 'revoked'])),
  q: Type.Optional(Text(120, { description: 'A part of the name.' })),
}

export const InstallationQuery = Fields({
  ...pageQuery,
  ...filter,
  sort: Type.Optional(OneOf(SORTS)),
})
export const CountQuery = Fields(filter)

const known = {
  id: Type.String(),
  organisationId: Type.String(),
  productId: Type.String(),
  channel: Type.String(),
  name: Type.String(),
  platform: Type.String(),
  arch: Type.String(),
  state: OneOf(['active', 'retired', 'revoked']),
  version: Nullable(Type.String()),
  releaseId: Nullable(Type.String()),
  health: OneOf(['healthy', 'unhealthy', 'unknown']),
  condition: Nullable(OneOf(CONDITIONS)),
  healthySince: Nullable(Type.String()),
  copied: Type.Boolean({ description: 'Two machines were seen under this identity: enrol one of them anew.' }),
  enrolledAt: Type.String(),
  lastSeenAt: Nullable(Type.String()),
}

const knownToStaff = {
  ...known,
  organisation: Type.Object({ id: Type.String(), name: Type.String() }),
  copiedAt: Nullable(Type.String()),
  refusedReleaseIds: Type.Array(Type.String(), {
    description: 'Releases that rolled back here; they are not offered here again.',
  }),
  keyFingerprint: Type.String({ description: 'Of the key with which it proves who it is.' }),
}

export const ReportView = named(
  'InstallationReport',
  Type.Object({
    reportId: Type.String(),
    releaseId: Type.String(),
    kind: OneOf(['downloaded', 'installed', 'healthy', 'failed', 'rolled_back']),
    version: Nullable(Type.String()),
    reason: Nullable(Type.String()),
    receivedAt: Type.String(),
  }),
)

export const OutcomeView = named(
  'InstallationOutcome',
  Type.Object({
    releaseId: Type.String(),
    kind: OneOf(OUTCOME_KINDS),
    offeredAt: Type.String(),
    at: Type.String(),
    reason: Nullable(Type.String()),
  }),
)

const history = { reports: Type.Array(ReportView), outcomes: Type.Array(OutcomeView) }

const CustomerInstallation = named('Installation', Type.Object(known))
const StaffInstallation = named('StaffInstallation', Type.Object(knownToStaff))

// The fuller shape stands first: answers are written by the first one that they fit.
export const InstallationView = Type.Union([StaffInstallation, CustomerInstallation])
export const InstallationDetails = Type.Union([
  named('StaffInstallationDetails', Type.Object({ ...knownToStaff, ...history })),
  named('InstallationDetails', Type.Object({ ...known, ...history })),
])
export const InstallationPage = PageOf('InstallationPage', InstallationView)
export const InstallationCounts = named(
  'InstallationCounts',
  Type.Object({
    total: Type.Integer({ description: 'Active ones, where the filter names no other state.' }),
    byCondition: Type.Object(Object.fromEntries(CONDITIONS.map((one) => [one, Type.Integer()])) as Record<Condition, TInteger>),
    byVersion: Type.Array(
      Type.Object({
        productId: Type.String(),
        channel: Type.String(),
        version: Nullable(Type.String()),
        count: Type.Integer(),
      }),
      { description: 'The hundred that run on most installations, most first.' },
    ),
  }),
)
export const ReportPage = PageOf('InstallationReportPage', ReportView)
