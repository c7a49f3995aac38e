// What the screens of known errors ask the server.
import { useSuspenseQuery } from '@tanstack/react-query'
import { api, type Schemas } from '#api'

export const productsQuery = api.queryOptions('get', '/api/v1/products')

export function useProductName() {
  const { items } = useSuspenseQuery(productsQuery).data
  return (productId: string) => items.find(({ id }) => id === productId)?.name ?? productId
}

export function knownErrorQuery(knownErrorId: string) {
  return api.queryOptions('get', '/api/v1/known-errors/{knownErrorId}', { params: { path: { knownErrorId } } })
}

export type KnownErrorDetail = Schemas['KnownErrorDetailForStaff']

export function useKnownError(knownErrorId: string): KnownErrorDetail {
  const { data } = useSuspenseQuery(knownErrorQuery(knownErrorId))
  if (data.view !== 'staff') throw { status: 404, code: 'known_error.unknown', detail: '' }
  return data
}

export function rolloutsQuery(productId: string) {
  return api.queryOptions('get', '/api/v1/rollouts', { params: { query: { productId, limit: 100 } } })
}
