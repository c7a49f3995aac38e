// What the screens of inquiries ask the server, and each inquiry as the one who looks may see it.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { api, type Schemas } from '#api'

export const vendorQuery = api.queryOptions('get', '/api/v1/vendor')

export function inquiryQuery(inquiryId: string) {
  return api.queryOptions('get', '/api/v1/inquiries/{inquiryId}', { params: { path: { inquiryId } } })
}

export const countsQuery = api.queryOptions('get', '/api/v1/inquiry-counts')

const NOT_HERE = { status: 404, code: 'inquiry.unknown', detail: '' }

export function useMyInquiry(inquiryId: string): Schemas['Inquiry'] {
  const { data } = useSuspenseQuery(inquiryQuery(inquiryId))
  if (data.view !== 'customer') throw NOT_HERE
  return data
}

export function useInquiryForStaff(inquiryId: string): Schemas['InquiryForStaff'] {
  const { data } = useSuspenseQuery(inquiryQuery(inquiryId))
  if (data.view !== 'staff') throw NOT_HERE
  return data
}

export function useVendorName() {
  return useSuspenseQuery(vendorQuery).data.name
}

const productsQuery = api.queryOptions('get', '/api/v1/products')

/** Its id until the names are there. */
export function useProductName() {
  const { data } = useQuery(productsQuery)
  return (productId: string) => data?.items.find(({ id }) => id === productId)?.name ?? productId
}

/** Of the newest hundred; a report's own version is what ran at that moment. */
export function useVersionOf(productId: string) {
  const { data } = useQuery(api.queryOptions('get', '/api/v1/releases', { params: { query: { productId, limit: 100 } } }))
  return (releaseId: string) => data?.items.find(({ id }) => id === releaseId)?.version
}

const MOST_OUTLOOKS = 100

/** What each of these installations gets next; empty until it is known, since a page can do without. */
export function useOutlooks(installationIds: string[]) {
  const ids = installationIds.slice(0, MOST_OUTLOOKS).join(',')
  const options = api.queryOptions('get', '/api/v1/outlooks', { params: { query: { installationIds: ids } } })
  const { data } = useQuery({ ...options, enabled: ids !== '' })
  return new Map(data?.items.map((one) => [one.installationId, one]))
}
