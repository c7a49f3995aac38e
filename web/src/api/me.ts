// Who looks at the screen, and who runs this Fairway.
import { useSuspenseQuery } from '@tanstack/react-query'
import { api } from './client.ts'

export const meQuery = api.queryOptions('get', '/api/v1/me', undefined, { staleTime: 300_000 })

/** Asked for by the loader of each face, so it is there. */
export function useMe() {
  return useSuspenseQuery(meQuery).data
}
