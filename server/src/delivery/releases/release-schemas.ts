// The wire shapes of releases and artifacts.
import { artifactNamePattern } from '@fairway/trust'
import { Type } from 'typebox'
import { Fields, Id, named, Nullable, OneOf, PageOf, pageQuery, Slug, Text, Version, Word } from '#platform/schemas'

const KnownErrorId = Type.String({ pattern: '^KE-[1-9][0-9]{0,8}$', maxLength: 12, description: 'Id of a known error, `KE-118`' })
const Notes = Text(20_000, { minLength: 0, description: 'Markdown' })
const Digest = Type.String({ pattern: '^[0-9a-f]{64}$', maxLength: 64, description: 'sha256, hex' })
const ArtifactName = Type.String({ pattern: artifactNamePattern.source, maxLength: 200 })
const ArtifactKind = OneOf(['tar.gz', 'tar.zst', 'zip', 'opaque'])

export const NewRelease = named(
  'NewRelease',
  Fields({
    productId: Slug,
    version: Version,
    notes: Type.Optional(Notes),
    fixes: Type.Optional(Type.Array(KnownErrorId, { maxItems: 50 })),
    minimumVersion: Type.Optional(Version),
  }),
)
export const ReleaseChange = named(
  'ReleaseChange',
  Fields({ notes: Type.Optional(Notes), fixes: Type.Optional(Type.Array(KnownErrorId, { maxItems: 50 })) }),
)
export const Withdrawal = named('Withdrawal', Fields({ reason: Text(500) }))
export const ReleasePath = Fields({ releaseId: Id })
export const ArtifactPath = Fields({ releaseId: Id, artifactId: Id })
export const ReleaseQuery = Fields({ ...pageQuery, productId: Type.Optional(Slug), version: Type.Optional(Version) })
export const NewArtifact = named(
  'NewArtifact',
  Fields({
    uploadId: Id,
    platform: Word,
    arch: Word,
    name: ArtifactName,
    kind: Type.Optional(ArtifactKind),
    sha256: Type.Optional(Digest),
  }),
)

export const ArtifactView = named(
  'Artifact',
  Type.Object({
    id: Type.String(),
    platform: Type.String(),
    arch: Type.String(),
    name: Type.String(),
    kind: Type.String(),
    size: Type.Integer({ description: 'bytes' }),
    sha256: Type.String(),
    sha512: Type.String(),
  }),
)
const Named = Type.Object({ id: Type.String(), name: Type.String() })
const shown = {
  id: Type.String(),
  productId: Type.String(),
  product: Named,
  version: Type.String(),
  state: OneOf(['draft', 'published', 'withdrawn']),
  notes: Type.String({ description: 'Markdown' }),
  fixes: Type.Array(Type.String(), { description: 'Ids of known errors.' }),
  minimumVersion: Nullable(
    Type.String({ description: 'The oldest version that goes to this one directly; older ones go over one in between.' }),
  ),
  artifacts: Type.Array(ArtifactView),
  createdAt: Type.String(),
  publishedAt: Nullable(Type.String()),
  withdrawnAt: Nullable(Type.String()),
  withdrawnReason: Nullable(Type.String()),
}
const shownToStaff = {
  ...shown,
  sequence: Nullable(Type.Integer({ description: 'Grows by one with each published release of the product.' })),
  createdBy: Nullable(Named),
  publishedBy: Nullable(Named),
}
const adoption = Nullable(
  Type.Object(
    { running: Type.Integer(), of: Type.Integer() },
    { description: 'Active installations of the product that run it, of all; null for a draft.' },
  ),
)

const bytes = Nullable(
  Type.Object(
    {
      fetched: Type.Integer({ description: 'What installations told that came over the line.' }),
      whole: Type.Integer({ description: 'What it would have been as whole files.' }),
      saved: Type.Integer(),
      byPatch: Type.Integer({ description: 'Installations for which a patch was enough.' }),
    },
    { description: 'What bringing it to installations cost, in bytes; null for a draft.' },
  ),
)

const CustomerRelease = named('Release', Type.Object(shown))
const StaffRelease = named('StaffRelease', Type.Object(shownToStaff))
const StaffReleaseDetails = named('StaffReleaseDetails', Type.Object({ ...shownToStaff, adoption, bytes }))

// The fuller shape stands first: answers are written by the first one that they fit.
export const ReleaseView = Type.Union([StaffRelease, CustomerRelease])
export const ReleaseDetails = Type.Union([StaffReleaseDetails, CustomerRelease])
export const ReleasePage = PageOf('ReleasePage', ReleaseView)
