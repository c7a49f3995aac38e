// What the portal's screens ask for, and how often where no event tells that it is old.
import { keepPreviousData, type Query, useQueries } from '@tanstack/react-query'
import { api, pagesOf, type Schemas } from '#api'
import type { Installation, Outlook } from './next-update.ts'

/** Silence is not announced, and neither is how far a rollout came elsewhere. */
const EVERY_MS = 60_000
/** An update that is under way here tells its steps within seconds, but announces only its end. */
const WHILE_UPDATING_MS = 4000
const MAX_ASKED = 100

/** In the order of need. */
export const installationsQuery = (() => {
  const pages = pagesOf('/api/v1/installations', { state: 'active', sort: 'need', limit: MAX_ASKED })
  const refetchInterval = ({ state }: Pick<Query<{ pages: { items: Installation[] }[] }>, 'state'>) =>
    state.data?.pages.some(({ items }) => items.some(isUpdating)) ? WHILE_UPDATING_MS : EVERY_MS
  return { ...pages, options: { ...pages.options, refetchInterval } }
})()

export const countsQuery = api.queryOptions('get', '/api/v1/installation-counts', undefined, { refetchInterval: EVERY_MS })
export const productsQuery = api.queryOptions('get', '/api/v1/products')
/** Known errors that an own installation has. */
export const affectingQuery = api.queryOptions('get', '/api/v1/known-errors', {
  params: { query: { affectsMe: true, limit: 100 } },
})
export const inquiryCountsQuery = api.queryOptions('get', '/api/v1/inquiry-counts')
export const openInquiriesQuery = api.queryOptions('get', '/api/v1/inquiries', {
  params: { query: { state: 'open', sort: 'changed', limit: 20 } },
})
export const solvedInquiriesQuery = api.queryOptions('get', '/api/v1/inquiries', {
  params: { query: { state: 'closed', sort: 'changed', limit: 1 } },
})

export const installationQuery = (installationId: string) =>
  api.queryOptions(
    'get',
    '/api/v1/installations/{installationId}',
    { params: { path: { installationId } } },
    { refetchInterval: ({ state }) => (state.data && isUpdating(state.data) ? WHILE_UPDATING_MS : EVERY_MS) },
  )
export const inquiriesOfQuery = (installationId: string) =>
  api.queryOptions('get', '/api/v1/inquiries', { params: { query: { installationId, sort: 'changed', limit: 20 } } })
export const reportsOf = (installationId: string) =>
  pagesOf('/api/v1/installations/{installationId}/reports', { limit: 50 }, { installationId })
/** For the versions of what was reported by id. */
export const releasesOfQuery = (productId: string) =>
  api.queryOptions('get', '/api/v1/releases', { params: { query: { productId, limit: 100 } } })

/** Newest first; of all products where none is named. */
export const newsOf = (productId: string | undefined) =>
  pagesOf('/api/v1/releases', { limit: 20, ...(productId !== undefined && { productId }) })
export const releaseQuery = (productId: string, version: string) =>
  api.queryOptions('get', '/api/v1/releases', { params: { query: { productId, version, limit: 1 } } })
/** For the titles of what releases fix. */
export const knownErrorsQuery = api.queryOptions('get', '/api/v1/known-errors', { params: { query: { limit: 100 } } })

/** The server answers a hundred at a time; the order of the list is not part of the question. */
export function outlookQueries(installationIds: string[]) {
  const ids = installationIds.toSorted()
  return Array.from({ length: Math.ceil(ids.length / MAX_ASKED) }, (_, part) =>
    api.queryOptions(
      'get',
      '/api/v1/outlooks',
      { params: { query: { installationIds: ids.slice(part * MAX_ASKED, (part + 1) * MAX_ASKED).join(',') } } },
      { refetchInterval: EVERY_MS, placeholderData: keepPreviousData },
    ),
  )
}

/** By installation; the loader asked for those of the first page. */
export function useOutlooks(installationIds: string[]) {
  return useQueries({ queries: outlookQueries(installationIds), combine: byInstallation })
}

function byInstallation(answers: { data: { items: Outlook[] } | undefined }[]) {
  return new Map(answers.flatMap(({ data }) => data?.items ?? []).map((outlook) => [outlook.installationId, outlook]))
}

/** Customers read views without what is for staff alone; the type of the answer knows both. */
export function forCustomers(errors: (Schemas['KnownError'] | Schemas['KnownErrorForStaff'])[]) {
  return errors.filter((error) => error.view === 'customer')
}

function isUpdating({ condition }: Pick<Installation, 'condition'>) {
  return condition === 'updating'
}
