// Which versions hold the fix of a known error: the version that a release introduced it with, and the later ones.
import { gte, satisfies, valid } from 'semver'

/** A published release, not withdrawn, that names the known error among its fixes. */
export interface Fix {
  releaseId: string
  version: string
  /** Grows with each published release of the product. */
  sequence: number
}

export interface Fixes {
  fixes: Fix[]
  /** Version → sequence of every release of the product that was ever published. */
  sequences: ReadonlyMap<string, number>
}

/**
 * The fix that this version holds, the latest where it holds several.
 * A higher version that was published *before* the fix cannot hold it: 1.1.0 does not, where 1.0.5 brought the fix to the older line afterwards.
 */
export function fixHeldBy(version: string | null, { fixes, sequences }: Fixes): Fix | undefined {
  if (version === null || valid(version) === null) return undefined
  const publishedAs = sequences.get(version) ?? Infinity
  return fixes
    .filter((fix) => fix.version === version || (gte(version, fix.version) && publishedAs > fix.sequence))
    .reduce<Fix | undefined>((latest, fix) => (latest && gte(latest.version, fix.version) ? latest : fix), undefined)
}

/** Whether the known error is in this version; pre-releases count like any other. */
export function isAffected(version: string, affectedRange: string) {
  return satisfies(version, affectedRange, { includePrerelease: true })
}

/** Whether it still has the known error: affected, and without a fix, whatever the range says of later versions. */
export function hasFault(version: string, { affectedRange, ...fixes }: Fixes & { affectedRange: string }) {
  return isAffected(version, affectedRange) && !fixHeldBy(version, fixes)
}

/** The fix published last: what is on its way. */
export function newestFix(fixes: Fix[]): Fix | undefined {
  return fixes.reduce<Fix | undefined>((newest, fix) => (newest && newest.sequence > fix.sequence ? newest : fix), undefined)
}

/** Of what was proven, the fix with the lowest version: what all of it has in common. */
export function firstFix<Proven extends { fixVersion: string }>(proof: Proven[]): Proven {
  return proof.reduce((first, one) => (gte(one.fixVersion, first.fixVersion) ? first : one))
}
