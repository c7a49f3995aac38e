// What the screens of releases and rollouts ask the server for: each question once, for loaders and pages alike.
import { useSuspenseQuery } from '@tanstack/react-query'
import { api, pagesOf, type Schemas } from '#api'

export type StaffRelease = Schemas['StaffRelease']
export type StaffReleaseDetails = Schemas['StaffReleaseDetails']
export type RolloutDetails = Schemas['RolloutDetails']
export type Counts = Schemas['InstallationCounts']
export type KnownError = Schemas['KnownErrorForStaff']

export const productsQuery = api.queryOptions('get', '/api/v1/products')
export const defaultsQuery = api.queryOptions('get', '/api/v1/rollout-defaults')

export function rolloutQuery(rolloutId: string) {
  return api.queryOptions('get', '/api/v1/rollouts/{rolloutId}', { params: { path: { rolloutId } } })
}

export function failuresQuery(rolloutId: string) {
  return api.queryOptions('get', '/api/v1/rollouts/{rolloutId}/failures', { params: { path: { rolloutId } } })
}

export function rolloutsQuery(filter: { productId?: string | undefined }) {
  return pagesOf('/api/v1/rollouts', { limit: 100, ...(filter.productId && { productId: filter.productId }) })
}

/** The latest rollouts of one channel or product: small questions of other pages. */
export function latestRolloutsQuery(productId: string, channel?: string) {
  return api.queryOptions('get', '/api/v1/rollouts', {
    params: { query: { productId, limit: 100, ...(channel && { channel }) } },
  })
}

export function countsQuery(filter: { productId?: string | undefined; channel?: string; version?: string }) {
  const { productId, ...rest } = filter
  return api.queryOptions('get', '/api/v1/installation-counts', {
    params: { query: { ...(productId && { productId }), ...rest } },
  })
}

export function releasesQuery(filter: { productId?: string | undefined }) {
  return pagesOf('/api/v1/releases', { limit: 50, ...(filter.productId && { productId: filter.productId }) })
}

export function productReleasesQuery(productId: string) {
  return api.queryOptions('get', '/api/v1/releases', { params: { query: { productId, limit: 100 } } })
}

export function releaseOfVersionQuery(productId: string, version: string) {
  return api.queryOptions('get', '/api/v1/releases', { params: { query: { productId, version } } })
}

export function releaseQuery(releaseId: string) {
  return api.queryOptions('get', '/api/v1/releases/{releaseId}', { params: { path: { releaseId } } })
}

export function knownErrorsQuery(productId: string) {
  return api.queryOptions('get', '/api/v1/known-errors', { params: { query: { productId, limit: 100 } } })
}

export function installationsQuery(productId: string, version: string) {
  return pagesOf('/api/v1/installations', { productId, version, state: 'active', sort: 'need', limit: 50 })
}

/** The newest rollout that came to the same channel after this one. */
export function useFollower({ id, productId, channel, startedAt }: Schemas['Rollout'] | RolloutDetails) {
  const { items } = useSuspenseQuery(latestRolloutsQuery(productId, channel)).data
  return items.find((one) => one.id !== id && one.startedAt > startedAt)
}

/** The console is for staff, and staff get the full shape. */
export function forStaff<Items extends readonly object[]>(items: Items): Extract<Items[number], { createdBy: unknown }>[] {
  const all: readonly Items[number][] = items
  return all.filter((item): item is Extract<Items[number], { createdBy: unknown }> => 'createdBy' in item)
}
