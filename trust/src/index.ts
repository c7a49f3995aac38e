// The face of trust: signs and verifies what installations believe; pure, no input or output.
export { createSigningKey, fingerprintOf } from './signing-key.ts'
export { artifactNamePattern, parseManifest, versionPattern } from './manifest.ts'
export type { ArtifactKind, Manifest, ManifestArtifact, PlainContent } from './manifest.ts'
export { signManifest, verifyManifest } from './signed-manifest.ts'
export type { ManifestVerdict, SignedManifest } from './signed-manifest.ts'
export { findFitting } from './fitting-artifact.ts'
export { proofText, signProof, verifyProof } from './proof.ts'
export type { Proof } from './proof.ts'
export { headOf, TOP_ROLES } from './tuf/documents.ts'
export type {
  RootDocument,
  SnapshotDocument,
  TargetsDocument,
  TimestampDocument,
  TopRole,
  TufDocument,
  TufEnvelope,
  TufKey,
  TufRole,
  TufTarget,
} from './tuf/documents.ts'
export { publicKeyOf, tufKeyOf } from './tuf/key.ts'
export type { NamedKey } from './tuf/key.ts'
export { bytesToSign, isSignedEnough, signatureOf, signDocument, signedBy } from './tuf/sign.ts'
export type { Signer } from './tuf/sign.ts'
export { channelPaths, channelRole, DIRECTOR, targetPath } from './tuf/paths.ts'
export type { ArtifactCustom } from './tuf/paths.ts'
export { manifestOfTarget, signDirection, verifyDirection } from './tuf/direction.ts'
export type { Circumstances, Direction, DirectionVerdict } from './tuf/direction.ts'
export { describeChanges } from './tuf/changes.ts'
export { isFirstRoot } from './tuf/first-root.ts'
