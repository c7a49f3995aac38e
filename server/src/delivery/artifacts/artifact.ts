// What an artifact is: one file of a release for one platform and architecture.
import type { ArtifactKind, PlainContent } from '@fairway/trust'

export interface Artifact {
  id: string
  releaseId: string
  /** `any` serves every platform (or architecture) that has no file of its own. */
  platform: string
  arch: string
  name: string
  kind: ArtifactKind
  /** bytes */
  size: number
  /** Digests in hex. */
  sha256: string
  sha512: string
  /** Null where nobody could learn it: such an artifact is never patched. */
  plain: PlainContent | null
}

/** How the agent treats the file, read off its name where nobody says it. */
export function kindOfName(name: string): ArtifactKind {
  if (/\.(tar\.gz|tgz)$/i.test(name)) return 'tar.gz'
  if (/\.(tar\.zst|tzst)$/i.test(name)) return 'tar.zst'
  return /\.zip$/i.test(name) ? 'zip' : 'opaque'
}
