// What delivery says of the fixes of known errors: one question for each product.
import { fixesAmong } from '../closing/fixes-of.ts'
import type { PortalDeps } from '../deps.ts'
import type { KnownError } from './known-error.ts'
import type { Reaching } from './reach.ts'

export type KnownErrorWithFixes = KnownError & Reaching

export async function withFixes(
  { delivery }: Pick<PortalDeps, 'delivery'>,
  errors: KnownError[],
): Promise<KnownErrorWithFixes[]> {
  const releases = new Map<string, Awaited<ReturnType<PortalDeps['delivery']['listReleases']>>>()
  for (const productId of new Set(errors.map((error) => error.productId)))
    releases.set(productId, await delivery.listReleases(productId))
  return errors.map((error) => ({ ...error, fixes: fixesAmong(releases.get(error.productId) ?? [], { knownErrorId: error.id }) }))
}
