// Known errors as customers see them, or as staff do: which may be seen, and which page of them.
import type { Actor } from '#identity'
import { Refusal } from '#platform/errors'
import { maySeeInside } from '../inquiries/inquiry-policy.ts'
import type { PortalDeps } from '../deps.ts'
import { limitOf, readCursor, toPage } from '../page-cursor.ts'
import { withFixes } from './fixes-by-product.ts'
import type { KnownError, KnownErrorState } from './known-error.ts'
import { maySeeKnownError } from './known-error-policy.ts'
import { findKnownError, type KnownErrorFilter, listKnownErrors } from './known-error-store.ts'
import { listEntitledProducts } from './list-entitled-products.ts'
import { affectedAmong } from './reach.ts'
import { viewForCustomer } from './view-for-customer.ts'
import { viewDetailForStaff, viewForStaff } from './view-for-staff.ts'

type Deps = Pick<PortalDeps, 'db' | 'identity' | 'fleet' | 'delivery'>
type Fleet = Awaited<ReturnType<PortalDeps['fleet']['listOfOrganisation']>>

export interface KnownErrorSearch {
  limit?: number
  after?: string
  productId?: string
  state?: KnownErrorState
  affectsMe?: boolean
}

/** Known errors that are looked at in one go where the own fleet decides. */
const BATCH = 200

export async function viewKnownError(deps: Deps, actor: Actor, id: string) {
  const error = await findKnownError(deps.db, id)
  const entitled = await listEntitledProducts(deps.delivery, actor)
  if (!error || !maySeeKnownError(actor, error, entitled))
    throw new Refusal('not_found', 'known_error.unknown', `There is no known error ${id}.`)
  if (maySeeInside(actor)) return viewDetailForStaff(deps, error)
  const [view] = viewForCustomer(await withFixes(deps, [error]), await ownFleet(deps, actor))
  if (!view) throw new Error('One known error gave no view.')
  return view
}

export async function viewKnownErrors(deps: Deps, actor: Actor, search: KnownErrorSearch) {
  const limit = limitOf(search)
  const filter = {
    productIds: await whoseProducts(deps, actor, search.productId),
    withDrafts: maySeeInside(actor),
    state: search.state,
    before: readCursor(search.after, 'KE'),
    limit: limit + 1,
  }
  if (maySeeInside(actor)) {
    if (search.affectsMe)
      throw new Refusal('forbidden', 'known_error.filter_not_yours', 'Only customers have installations of their own.')
    return toPage(await viewForStaff(deps, await listKnownErrors(deps.db, filter)), limit)
  }
  const fleet = await ownFleet(deps, actor)
  const errors = search.affectsMe ? await listAffecting(deps, filter, fleet) : await listKnownErrors(deps.db, filter)
  return toPage(viewForCustomer(await withFixes(deps, errors), fleet), limit)
}

async function whoseProducts({ delivery }: Deps, actor: Actor, productId: string | undefined) {
  const wanted = productId === undefined ? undefined : [productId]
  if (maySeeInside(actor)) return wanted
  const entitled = await listEntitledProducts(delivery, actor)
  return wanted ? entitled.filter((id) => wanted.includes(id)) : entitled
}

/** Active ones. */
async function ownFleet({ fleet }: Deps, actor: Actor) {
  return actor.kind === 'member' ? fleet.listOfOrganisation(actor.organisationId) : []
}

/** What runs is the fact of another module, so it is looked through here, batch after batch, until a page is full. */
async function listAffecting(deps: Deps, filter: KnownErrorFilter, fleet: Fleet) {
  const products = new Set(fleet.map((one) => one.productId))
  const productIds = filter.productIds?.filter((id) => products.has(id))
  const found: KnownError[] = []
  for (let before = filter.before; ;) {
    const batch = await listKnownErrors(deps.db, { ...filter, productIds, before, limit: BATCH })
    found.push(...(await withFixes(deps, batch)).filter((error) => affectedAmong(error, fleet).length > 0))
    if (found.length >= filter.limit || batch.length < BATCH) return found.slice(0, filter.limit)
    before = batch.at(-1)?.number
  }
}
