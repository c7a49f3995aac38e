// Lists that go on: one page after the other, by the cursor of the page before.
import type { paths } from '@fairway/client'
import { infiniteQueryOptions, type QueryFunctionContext, useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { client } from './client.ts'
import { queryClient } from './query-client.ts'

interface Answers<Page> {
  get: { responses: { 200: { content: { 'application/json': Page } } } }
}
type AnyPage = { items: unknown[]; next: string | null }

/** Paths whose GET answers `{ items, next }`. */
type ListPath = { [P in keyof paths]: paths[P] extends Answers<AnyPage> ? P : never }[keyof paths]
type ItemOf<P extends ListPath> = paths[P] extends Answers<{ items: (infer Item)[] }> ? Item : never
type Parameters<P extends ListPath> = paths[P] extends { get: { parameters: infer All } } ? All : never
type QueryOf<P extends ListPath> = Parameters<P> extends { query?: infer Q } ? Omit<NonNullable<Q>, 'after'> : object
type PlaceOf<P extends ListPath> = Parameters<P> extends { path: infer Path } ? Path : undefined

interface Page<Item> {
  items: Item[]
  next: string | null
}

function pageOptions<Item>(options: {
  queryKey: readonly unknown[]
  initialPageParam: undefined
  queryFn: (context: QueryFunctionContext<readonly unknown[], string | undefined>) => Promise<Page<Item>>
  getNextPageParam: (last: Page<Item>) => string | undefined
}) {
  return infiniteQueryOptions<Page<Item>, Error, { pages: Page<Item>[] }, readonly unknown[], string | undefined>(options)
}

export interface Pages<Item> {
  /** For loaders: the first page is there before the screen is. */
  ensure: () => Promise<null>
  options: ReturnType<typeof pageOptions<Item>>
}

/** @param place the path's own parameters, where it has some. */
export function pagesOf<P extends ListPath>(path: P, query: QueryOf<P>, place?: PlaceOf<P>): Pages<ItemOf<P>> {
  async function ask({
    pageParam,
    signal,
  }: QueryFunctionContext<readonly unknown[], string | undefined>): Promise<Page<ItemOf<P>>> {
    // The types above know path and query; openapi-fetch cannot follow them through a generic path.
    const get = client.GET as unknown as (path: string, init: object) => Promise<{ data?: Page<ItemOf<P>>; error?: unknown }>
    const { data, error } = await get(path, { params: { path: place, query: { ...query, after: pageParam } }, signal })
    if (!data) throw error
    return data
  }
  const options = pageOptions<ItemOf<P>>({
    // As openapi-react-query does it, so that live updates find it by its path.
    queryKey: ['get', path, { query, place }, 'pages'],
    initialPageParam: undefined,
    queryFn: ask,
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  return {
    ensure: async () => {
      await queryClient.ensureInfiniteQueryData(options)
      return null
    },
    options,
  }
}

/** The list so far; `more` is there while it goes on. */
export function usePages<Item>({ options }: Pages<Item>) {
  const { data, hasNextPage, fetchNextPage, isFetchingNextPage } = useSuspenseInfiniteQuery(options)
  return {
    items: data.pages.flatMap(({ items }) => items),
    more: hasNextPage ? () => void fetchNextPage() : undefined,
    isMoreComing: isFetchingNextPage,
  }
}
