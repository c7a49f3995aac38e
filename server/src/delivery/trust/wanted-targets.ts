// What the role of a channel should say: every published release that a rollout took there, newest first, bounded. Pure.
import { type ArtifactCustom, targetPath, type TufTarget } from '@fairway/trust'
import type { Artifact } from '../artifacts/artifact.ts'

/** A published release as a channel carries it. */
export interface CarriedRelease {
  id: string
  version: string
  sequence: number
  publishedAt: Date
  artifacts: Artifact[]
  /** Newer releases that may go back to this one. */
  replaces: string[]
}

/** Older ones run on where they run; a client reads at most 5 MB, which is ten times as many. */
const MAX_RELEASES = 200

export function wantedTargets(product: string, channel: string, releases: CarriedRelease[]): Record<string, TufTarget> {
  const carried = releases.toSorted((a, b) => b.sequence - a.sequence).slice(0, MAX_RELEASES)
  return Object.fromEntries(
    carried.flatMap((release) =>
      release.artifacts.map((artifact) => [
        targetPath({ channel, version: release.version, name: artifact.name }),
        targetOf(artifact, { product, channel, release }),
      ]),
    ),
  )
}

function targetOf(
  { platform, arch, name, kind, size, sha256, sha512, plain }: Artifact,
  { product, channel, release }: { product: string; channel: string; release: CarriedRelease },
): TufTarget {
  const custom: ArtifactCustom = {
    format: 2,
    product,
    channel,
    releaseId: release.id,
    version: release.version,
    sequence: release.sequence,
    publishedAt: release.publishedAt.toISOString(),
    platform,
    arch,
    name,
    kind,
    ...(plain ? { plain } : {}),
    ...(release.replaces.length > 0 ? { replaces: release.replaces.toSorted() } : {}),
  }
  // sha256 first: consistent snapshots name the file by the first hash (TUF spec §6.2).
  return { length: size, hashes: { sha256, sha512 }, custom: { ...custom } }
}
