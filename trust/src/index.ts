// The face of trust: signs and verifies what installations believe; pure, no input or output.
export { createSigningKey, fingerprintOf } from './signing-key.ts'
export { artifactNamePattern, parseManifest, versionPattern } from './manifest.ts'
export type { ArtifactKind, Manifest, ManifestArtifact } from './manifest.ts'
export { signManifest, verifyManifest } from './signed-manifest.ts'
export type { ManifestVerdict, SignedManifest } from './signed-manifest.ts'
export { findFitting } from './fitting-artifact.ts'
export { proofText, signProof, verifyProof } from './proof.ts'
export type { Proof } from './proof.ts'
