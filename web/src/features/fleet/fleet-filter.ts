// What the list of the fleet shows, as it stands in the address.
import type { Schemas } from '#api'

export const CONDITIONS = ['failing', 'degraded', 'silent', 'updating', 'never', 'healthy'] as const
export type Condition = (typeof CONDITIONS)[number]
export const STATES = ['active', 'retired', 'revoked'] as const
export const SORTS = ['need', 'name', 'lastSeen'] as const
export type Sort = (typeof SORTS)[number]

export interface FleetFilter {
  q: string | undefined
  product: string | undefined
  channel: string | undefined
  organisation: string | undefined
  version: string | undefined
  condition: Condition | undefined
  state: (typeof STATES)[number]
  sort: Sort
}

/** Those that are shown as chips, in this order. */
export const CHIPS = ['product', 'channel', 'organisation', 'version'] as const

export function readFilter(params: URLSearchParams): FleetFilter {
  const text = (name: string) => params.get(name)?.trim() || undefined
  return {
    q: text('q'),
    product: text('product'),
    channel: text('channel'),
    organisation: text('organisation'),
    version: text('version'),
    condition: CONDITIONS.find((one) => one === params.get('condition')),
    state: STATES.find((one) => one === params.get('state')) ?? 'active',
    sort: SORTS.find((one) => one === params.get('sort')) ?? 'need',
  }
}

/** As the API takes it; what counts by condition leaves the condition out. */
export function questionOf({ q, product, channel, organisation, version, state }: FleetFilter) {
  return {
    state,
    ...(q && { q }),
    ...(product && { productId: product }),
    ...(channel && { channel }),
    ...(organisation && { organisationId: organisation }),
    ...(version && { version }),
  }
}

/** The address that differs in this; undefined takes it away. */
export function withParams(params: URLSearchParams, change: Record<string, string | undefined>) {
  const next = new URLSearchParams(params)
  for (const [name, value] of Object.entries(change)) {
    if (value) next.set(name, value)
    else next.delete(name)
  }
  return `?${next}`
}

export function isFiltered(filter: FleetFilter) {
  return Boolean(filter.q || filter.condition || filter.state !== 'active' || CHIPS.some((chip) => filter[chip]))
}

export type StaffInstallation = Schemas['StaffInstallation']

/** Staff get the fuller shape; the type of the answer knows both. */
export function isForStaff(one: Schemas['StaffInstallation'] | Schemas['Installation']): one is StaffInstallation {
  return 'organisation' in one
}
