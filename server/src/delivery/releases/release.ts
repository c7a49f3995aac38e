// What a release is, and the rules it keeps; no input or output here.
import type { Manifest, SignedManifest } from '@fairway/trust'
import type { Artifact } from '../artifacts/artifact.ts'

export type ReleaseState = 'draft' | 'published' | 'withdrawn'

export interface Release {
  id: string
  productId: string
  version: string
  state: ReleaseState
  /** Grows by one with each published release of the product; null while a draft. */
  sequence: number | null
  notes: string
  /** Ids of known errors, `KE-118`. */
  fixes: string[]
  /** The oldest version that can go to this one directly; null where any can. */
  minimumVersion: string | null
  manifest: SignedManifest | null
  /** Labels of who drafted and who published it; the latter is null while a draft, and where an older Fairway published it. */
  createdBy: string
  publishedBy: string | null
  createdAt: Date
  publishedAt: Date | null
  withdrawnAt: Date | null
  withdrawnReason: string | null
}

/** Why a release may not be published now, or undefined where it may. */
export function whyNotPublish(release: Release, artifacts: Artifact[]) {
  if (release.state !== 'draft') return { code: 'release.not_a_draft', detail: `${release.version} is ${release.state} already.` }
  if (artifacts.length === 0)
    return { code: 'release.has_no_artifact', detail: `${release.version} has no artifact yet. Upload one first.` }
  return undefined
}

export function whyNotWithdraw(release: Release) {
  if (release.state === 'draft')
    return { code: 'release.not_published', detail: `${release.version} is a draft: nobody was offered it.` }
  if (release.state === 'withdrawn')
    return { code: 'release.withdrawn_already', detail: `${release.version} was withdrawn already.` }
  return undefined
}

/** What the product's key signs; from here on nothing of it can change. */
export function manifestOf(
  release: Release,
  { sequence, publishedAt, artifacts }: { sequence: number; publishedAt: Date; artifacts: Artifact[] },
): Manifest {
  return {
    format: 1,
    product: release.productId,
    version: release.version,
    releaseId: release.id,
    sequence,
    publishedAt: publishedAt.toISOString(),
    artifacts: artifacts.map(({ platform, arch, name, kind, size, sha256, sha512, plain }) => ({
      platform,
      arch,
      name,
      kind,
      size,
      sha256,
      sha512,
      ...(plain && { plain }),
    })),
  }
}
