// What the fleet's screens ask.
import { api, ensure, pagesOf, queryClient } from '#api'
import { type FleetFilter, questionOf } from './fleet-filter.ts'

export const PAGE = 25
/** When an installation was last heard is not announced: it is asked for. */
const HEARD_EVERY_MS = 30_000

export function fleetPages(filter: FleetFilter) {
  const pages = pagesOf('/api/v1/installations', {
    ...questionOf(filter),
    ...(filter.condition && { condition: filter.condition }),
    sort: filter.sort,
    limit: PAGE,
  })
  return { ...pages, options: { ...pages.options, refetchInterval: HEARD_EVERY_MS } }
}

export function countsQuery(filter: FleetFilter) {
  const options = { refetchInterval: HEARD_EVERY_MS }
  return api.queryOptions('get', '/api/v1/installation-counts', { params: { query: questionOf(filter) } }, options)
}

/** Of all that are in use: which versions there are to choose from. */
export const versionsQuery = api.queryOptions('get', '/api/v1/installation-counts', { params: { query: { state: 'active' } } })
export const productsQuery = api.queryOptions('get', '/api/v1/products')

export function detailsQuery(installationId: string) {
  return api.queryOptions('get', '/api/v1/installations/{installationId}', { params: { path: { installationId } } })
}

export function outlookQuery(installationIds: string[]) {
  return api.queryOptions('get', '/api/v1/outlooks', { params: { query: { installationIds: installationIds.join(',') } } })
}

export function inquiriesQuery(installationId: string) {
  const query = { installationId, sort: 'newest', limit: 20 } as const
  return api.queryOptions('get', '/api/v1/inquiries', { params: { query } })
}

export const reportPages = (installationId: string) =>
  pagesOf('/api/v1/installations/{installationId}/reports', { limit: 50 }, { installationId })

/** The newest hundred: an installation that ran older ones shows their reports without a number. */
export function releasesQuery(productId: string) {
  return api.queryOptions('get', '/api/v1/releases', { params: { query: { productId, limit: 100 } } })
}

/** Everything that shows one installation; unknown ones are told apart by whoever shows them. */
export async function ensureInstallation(installationId: string) {
  const { productId, state } = await queryClient.ensureQueryData(detailsQuery(installationId))
  const outlook = state === 'active' ? [outlookQuery([installationId])] : []
  return ensure(releasesQuery(productId), productsQuery, inquiriesQuery(installationId), ...outlook)
}

export function entitlementsQuery(organisationId: string) {
  return api.queryOptions('get', '/api/v1/organisations/{organisationId}/entitlements', { params: { path: { organisationId } } })
}
