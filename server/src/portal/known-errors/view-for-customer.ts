// A known error as customers see it: what it is, what to do meanwhile, and which of their own installations have it.
import type { KnownErrorWithFixes } from './fixes-by-product.ts'
import type { CustomerKnownError } from './known-error-schemas.ts'
import { affectedAmong } from './reach.ts'

interface Running {
  id: string
  name: string
  productId: string
  version: string | null
}

/** @param fleet of the reader's organisation. */
export function viewForCustomer(errors: KnownErrorWithFixes[], fleet: Running[]): CustomerKnownError[] {
  return errors.map((error) => ({
    view: 'customer',
    ...viewCommon(error),
    affects: affectedAmong(error, fleet).map(({ id, name, version }) => ({ installationId: id, name, version })),
  }))
}

export function viewCommon(error: KnownErrorWithFixes) {
  const { id, productId, title, description, affectedRange, workaround, state, fixes, createdAt, changedAt } = error
  return {
    id,
    productId,
    title,
    description,
    affectedVersions: affectedRange,
    workaround,
    state,
    fixedIn: fixes.fixes.map((fix) => fix.version),
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  }
}
