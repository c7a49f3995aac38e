// Answers about known errors, and how they are written.
import type { Handlers, Me } from '../contract.ts'
import { happen } from '../happen.ts'
import { pageOf } from '../paging.ts'
import { notFound } from '../problem.ts'
import { nowIso } from '../times.ts'
import { viewDetail, viewForCustomer, viewForStaff } from '../views/known-error-view.ts'
import type { KnownError, World } from '../world.ts'

export const knownErrorHandlers = {
  'get /api/v1/known-errors': ({ world, me, query: { productId, state, affectsMe, ...page } }) => {
    const found = world.knownErrors.filter(
      (one) =>
        maySee(world, me, one) &&
        (productId ?? one.productId) === one.productId &&
        (state ?? one.state) === one.state &&
        (affectsMe !== true || viewForCustomer(world, me, one).affects.length > 0),
    )
    const { items, next } = pageOf(found, page)
    if (me.kind === 'member') return { items: items.map((one) => viewForCustomer(world, me, one)), next }
    return { items: items.map((one) => viewForStaff(world, one)), next }
  },
  'get /api/v1/known-errors/{knownErrorId}': ({ world, me, path }) =>
    viewDetail(world, me, getKnownError(world, me, path.knownErrorId)),
  'post /api/v1/known-errors': ({ world, me, body }) => {
    const { productId, title, affectedVersions, description = '', workaround = '', cause = '', state = 'draft' } = body
    if (!world.products.some(({ id }) => id === productId)) throw notFound('product', productId)
    const numbers = world.knownErrors.map(({ id }) => Number(id.slice(3)))
    const id = `KE-${Math.max(0, ...numbers) + 1}`
    const now = nowIso()
    const error: KnownError = {
      id,
      productId,
      title,
      affectedVersions,
      description,
      workaround,
      cause,
      state,
      createdAt: now,
      changedAt: now,
      createdBy: {
        id: me.id,
        name: me.name,
      },
    }
    world.knownErrors.unshift(error)
    return told(world, me, { error, name: 'portal.known_error_created' })
  },
  'patch /api/v1/known-errors/{knownErrorId}': ({ world, me, path, body }) => {
    const error = getKnownError(world, me, path.knownErrorId)
    Object.assign(error, body, { changedAt: nowIso() })
    return told(world, me, { error, name: 'portal.known_error_changed', changed: Object.keys(body) })
  },
} satisfies Handlers

function maySee({ entitlements }: World, me: Me, { state, productId }: KnownError) {
  if (me.kind === 'staff') return true
  return (
    state !== 'draft' && entitlements.some((one) => one.organisationId === me.organisation?.id && one.productId === productId)
  )
}

function getKnownError(world: World, me: Me, id: string) {
  const found = world.knownErrors.find((one) => one.id === id)
  if (!found || !maySee(world, me, found)) throw notFound('known_error', id)
  return found
}

function told(world: World, me: Me, { error, name, changed }: { error: KnownError; name: string; changed?: string[] }) {
  const { id, productId, state } = error
  happen(world, { name, subject: id, actor: me.id, body: { knownErrorId: id, productId, state, changed } })
  return viewDetail(world, me, error)
}
