// What a page needs is asked for before it is shown; afterwards the page reads the cache, and live updates keep it fresh.
import type { FetchQueryOptions, QueryKey } from '@tanstack/react-query'
import { queryClient } from './query-client.ts'

/** For loaders: answers that are known are not waited for (they are asked for again behind the page, where they are old). */
export async function ensure(...queries: object[]) {
  // Each is what `api.queryOptions` made; their types differ, and nothing here looks into them.
  await Promise.all(
    queries.map((query) => queryClient.ensureQueryData(query as FetchQueryOptions<unknown, Error, unknown, QueryKey>)),
  )
  return null
}
