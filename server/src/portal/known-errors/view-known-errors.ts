// Known errors as customers see them, or as staff do.
import type { Actor } from '#identity'
import { Refusal } from '#platform/errors'
import { maySeeInside } from '../inquiries/inquiry-policy.ts'
import type { PortalDeps } from '../deps.ts'
import { limitOf, readCursor, toPage } from '../page-cursor.ts'
import { namePeople } from '../people.ts'
import type { KnownError, KnownErrorState } from './known-error.ts'
import { maySeeKnownError } from './known-error-policy.ts'
import type { CustomerKnownError, StaffKnownError } from './known-error-schemas.ts'
import { findKnownError, listKnownErrors } from './known-error-store.ts'
import { listEntitledProducts } from './list-entitled-products.ts'

type Deps = Pick<PortalDeps, 'db' | 'identity' | 'delivery'>

export interface KnownErrorSearch {
  limit?: number
  after?: string
  productId?: string
  state?: KnownErrorState
}

export async function viewKnownError(deps: Deps, actor: Actor, id: string): Promise<CustomerKnownError | StaffKnownError> {
  const error = await findKnownError(deps.db, id)
  const entitled = await listEntitledProducts(deps.delivery, actor)
  if (!error || !maySeeKnownError(actor, error, entitled))
    throw new Refusal('not_found', 'known_error.unknown', `There is no known error ${id}.`)
  const fixedIn = await versionsByFix(deps, [error])
  if (!maySeeInside(actor)) return viewForCustomer(error, fixedIn)
  return viewForStaff(error, { fixedIn, nameOf: await namePeople(deps, [error.createdBy]) })
}

export async function viewKnownErrors(deps: Deps, actor: Actor, search: KnownErrorSearch) {
  const limit = limitOf(search)
  const errors = await listKnownErrors(deps.db, {
    productIds: await whoseProducts(deps, actor, search.productId),
    withDrafts: maySeeInside(actor),
    state: search.state,
    before: readCursor(search.after, 'KE'),
    limit: limit + 1,
  })
  const fixedIn = await versionsByFix(deps, errors)
  if (!maySeeInside(actor))
    return toPage(
      errors.map((error) => viewForCustomer(error, fixedIn)),
      limit,
    )
  const nameOf = await namePeople(
    deps,
    errors.map((error) => error.createdBy),
  )
  return toPage(
    errors.map((error) => viewForStaff(error, { fixedIn, nameOf })),
    limit,
  )
}

async function whoseProducts({ delivery }: Deps, actor: Actor, productId: string | undefined) {
  const wanted = productId === undefined ? undefined : [productId]
  if (maySeeInside(actor)) return wanted
  const entitled = await listEntitledProducts(delivery, actor)
  return wanted ? entitled.filter((id) => wanted.includes(id)) : entitled
}

type FixedIn = Map<string, string[]>

async function versionsByFix({ delivery }: Deps, errors: KnownError[]): Promise<FixedIn> {
  const fixedIn: FixedIn = new Map()
  for (const productId of new Set(errors.map((error) => error.productId))) {
    const published = (await delivery.listReleases(productId)).filter((release) => release.state === 'published')
    for (const { version, fixes } of published) for (const id of fixes) fixedIn.set(id, [...(fixedIn.get(id) ?? []), version])
  }
  return fixedIn
}

function viewForCustomer(error: KnownError, fixedIn: FixedIn): CustomerKnownError {
  return { view: 'customer', ...viewCommon(error, fixedIn) }
}

function viewForStaff(
  error: KnownError,
  { fixedIn, nameOf }: { fixedIn: FixedIn; nameOf: Awaited<ReturnType<typeof namePeople>> },
): StaffKnownError {
  return { view: 'staff', ...viewCommon(error, fixedIn), cause: error.cause, createdBy: nameOf(error.createdBy) }
}

function viewCommon(error: KnownError, fixedIn: FixedIn) {
  const { id, productId, title, description, affectedRange, workaround, state, createdAt, changedAt } = error
  return {
    id,
    productId,
    title,
    description,
    affectedVersions: affectedRange,
    workaround,
    state,
    fixedIn: fixedIn.get(id) ?? [],
    createdAt: createdAt.toISOString(),
    changedAt: changedAt.toISOString(),
  }
}
