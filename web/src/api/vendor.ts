// Who runs this Fairway: the name at the head of every screen and of every document.
import { useSuspenseQuery } from '@tanstack/react-query'
import { api } from './client.ts'

export const vendorQuery = api.queryOptions('get', '/api/v1/vendor', undefined, { staleTime: 300_000 })

/** Asked for by the loader of each face, so it is there. */
export function useVendor() {
  return useSuspenseQuery(vendorQuery).data
}
