// Asks delivery which releases fix a known error, as the rules want to know it.
import type { PortalDeps } from '../deps.ts'
import type { Fixes } from './fixed-version.ts'

/** A withdrawn release fixes nothing: nobody is offered it any more. It still counts in the order of publication. */
export async function listFixes(
  delivery: PortalDeps['delivery'],
  { productId, knownErrorId, distrusted = [] }: { productId: string; knownErrorId: string; distrusted?: string[] },
): Promise<Fixes> {
  return fixesAmong(await delivery.listReleases(productId), { knownErrorId, distrusted })
}

export function fixesAmong(
  releases: Awaited<ReturnType<PortalDeps['delivery']['listReleases']>>,
  { knownErrorId, distrusted = [] }: { knownErrorId: string; distrusted?: string[] },
): Fixes {
  return {
    fixes: releases
      .filter((one) => one.state === 'published' && one.fixes.includes(knownErrorId) && !distrusted.includes(one.id))
      .map((one) => ({ releaseId: one.id, version: one.version, sequence: one.sequence })),
    sequences: new Map(releases.map((one) => [one.version, one.sequence])),
  }
}
