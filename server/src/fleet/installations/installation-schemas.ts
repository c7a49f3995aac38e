// The wire shapes of installations; OpenAPI and the client come from here.
import { Type } from 'typebox'
import { Fields, Id, named, Nullable, OneOf, PageOf, pageQuery, Slug, Text } from '#platform/schemas'
import { OUTCOME_KINDS } from '../installation.ts'

export const InstallationPath = Fields({ installationId: Id })
export const InstallationPatch = named('InstallationPatch', Fields({ name: Type.Optional(Text(100)) }))
export const PagePath = Fields(pageQuery)

export const InstallationFilter = Fields({
  ...pageQuery,
  organisationId: Type.Optional(Id),
  productId: Type.Optional(Slug),
  channel: Type.Optional(Slug),
  health: Type.Optional(OneOf(['healthy', 'unhealthy', 'unknown'])),
  state: Type.Optional(OneOf(['active', 'retired', 'revoked'])),
  q: Type.Optional(Text(120, { description: 'A part of the name.' })),
})

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
  healthySince: Nullable(Type.String()),
  copied: Type.Boolean({ description: 'Two machines were seen under this identity: enrol one of them anew.' }),
  enrolledAt: Type.String(),
  lastSeenAt: Nullable(Type.String()),
}

const knownToStaff = {
  ...known,
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
export const ReportPage = PageOf('InstallationReportPage', ReportView)
