// What the screens of customers and of one's own organisation ask.
import { api, pagesOf, queryClient } from '#api'

const organisationPath = (organisationId: string) => ({ params: { path: { organisationId } } })

export const productsQuery = api.queryOptions('get', '/api/v1/products')

export function organisationQuery(organisationId: string) {
  return api.queryOptions('get', '/api/v1/organisations/{organisationId}', organisationPath(organisationId))
}

export function memberPages(organisationId: string) {
  return pagesOf('/api/v1/organisations/{organisationId}/members', { limit: 100 }, { organisationId })
}

export function invitationsQuery(organisationId: string) {
  return api.queryOptions('get', '/api/v1/organisations/{organisationId}/invitations', organisationPath(organisationId))
}

export function entitlementsQuery(organisationId: string) {
  return api.queryOptions('get', '/api/v1/organisations/{organisationId}/entitlements', organisationPath(organisationId))
}

export function countsQuery(organisationId: string) {
  return api.queryOptions('get', '/api/v1/installation-counts', { params: { query: { organisationId } } })
}

export const SHOWN_INQUIRIES = 10

export function openInquiriesQuery(organisationId: string) {
  const query = { organisationId, state: 'open', sort: 'waiting', limit: SHOWN_INQUIRIES } as const
  return api.queryOptions('get', '/api/v1/inquiries', { params: { query } })
}

/** Who may not see invitations is not asked to ask. */
export async function ensurePeople(organisationId: string, mayManage: boolean) {
  await Promise.all([
    memberPages(organisationId).ensure(),
    mayManage ? queryClient.ensureQueryData(invitationsQuery(organisationId)) : null,
  ])
}
