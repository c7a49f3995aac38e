// A known error as staff see it: its cause, how far it reaches, and who waits for its fix.
import type { PortalDeps } from '../deps.ts'
import { namePeople } from '../people.ts'
import { countAwaiting, listAwaiting } from './awaiting-queries.ts'
import { withFixes } from './fixes-by-product.ts'
import type { KnownError } from './known-error.ts'
import type { StaffKnownError, StaffKnownErrorDetail } from './known-error-schemas.ts'
import { type Counted, reachOf } from './reach.ts'
import { viewCommon } from './view-for-customer.ts'

type Deps = Pick<PortalDeps, 'db' | 'identity' | 'fleet' | 'delivery'>

/** Inquiries that one known error lists. */
const MOST_LISTED = 50

export async function viewForStaff(deps: Deps, errors: KnownError[]): Promise<StaffKnownError[]> {
  const counts = await countVersions(deps, errors)
  const nameOf = await namePeople(
    deps,
    errors.map((error) => error.createdBy),
  )
  const awaiting = await countAwaiting(
    deps.db,
    errors.map((error) => error.id),
  )
  return (await withFixes(deps, errors)).map((error) => ({
    view: 'staff',
    ...viewCommon(error),
    cause: error.cause,
    createdBy: nameOf(error.createdBy),
    ...reachOf(error, counts.get(error.productId) ?? []),
    openInquiryCount: awaiting.get(error.id) ?? 0,
  }))
}

export async function viewDetailForStaff(deps: Deps, error: KnownError): Promise<StaffKnownErrorDetail> {
  const [view] = await viewForStaff(deps, [error])
  if (!view) throw new Error('One known error gave no view.')
  const inquiries = await listAwaiting(deps.db, error.id, MOST_LISTED)
  const organisations = await deps.identity.organisationsByIds([...new Set(inquiries.map((one) => one.organisationId))])
  const names = new Map(organisations.map((one) => [one.id, one.name]))
  return {
    ...view,
    openInquiries: inquiries.map(({ id, title, organisationId }) => ({
      id,
      title,
      organisation: { id: organisationId, name: names.get(organisationId) ?? organisationId },
    })),
  }
}

/** One question for each product. */
async function countVersions({ fleet }: Deps, errors: KnownError[]) {
  const counts = new Map<string, Counted[]>()
  for (const productId of new Set(errors.map((error) => error.productId)))
    counts.set(productId, await fleet.countByVersion(productId))
  return counts
}
