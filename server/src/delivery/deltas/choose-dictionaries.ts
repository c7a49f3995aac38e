// From which old contents patches to a new artifact are worth making; pure.
import { findFitting } from '@fairway/trust'
import type { Artifact } from '../artifacts/artifact.ts'

export interface EarlierRelease {
  artifacts: Artifact[]
  /** How many installations run it. */
  uses: number
}

export interface WantedPatch {
  artifactId: string
  dictionarySha256: string
  targetSha256: string
  uses: number
}

export const PATCH_LIMITS = {
  /** Of one artifact. */
  dictionaries: 8,
  releasesBack: 10,
  /** Installations hold it in memory. */
  dictionaryBytes: 256 * 2 ** 20,
  targetBytes: 512 * 2 ** 20,
}

/** @param earlier the releases before it, the newest first. */
export function chooseDictionaries({ id, platform, arch, plain }: Artifact, earlier: EarlierRelease[]): WantedPatch[] {
  if (!plain || plain.size > PATCH_LIMITS.targetBytes) return []
  const uses = new Map<string, number>()
  for (const release of earlier.slice(0, PATCH_LIMITS.releasesBack).filter((one) => one.uses > 0)) {
    const before = findFitting(release.artifacts, { platform, arch })?.plain
    if (before && before.size <= PATCH_LIMITS.dictionaryBytes)
      uses.set(before.sha256, (uses.get(before.sha256) ?? 0) + release.uses)
  }
  return [...uses]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, PATCH_LIMITS.dictionaries)
    .map(([dictionarySha256, count]) => ({ artifactId: id, dictionarySha256, targetSha256: plain.sha256, uses: count }))
}
