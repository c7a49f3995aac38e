// What the day's page asks; what a role may not see is not asked for.
import { api, type Schemas } from '#api'

const FRESH_MS = 30_000
const OFTEN = { refetchInterval: FRESH_MS }
/** Of each kind that many are shown; the rest is a link. */
export const SHOWN = 5
const AILING = ['failing', 'degraded', 'silent'] as const
export type Ailing = (typeof AILING)[number]

export const rolloutsQuery = api.queryOptions('get', '/api/v1/rollouts', { params: { query: { limit: 100 } } })
export const inquiryCountsQuery = api.queryOptions('get', '/api/v1/inquiry-counts')
export const waitingInquiriesQuery = api.queryOptions('get', '/api/v1/inquiries', {
  params: { query: { state: 'open', sort: 'waiting', limit: SHOWN } },
})
export const installationCountsQuery = api.queryOptions('get', '/api/v1/installation-counts', undefined, OFTEN)
export const needyInstallationsQuery = api.queryOptions(
  'get',
  '/api/v1/installations',
  { params: { query: { state: 'active', sort: 'need', limit: SHOWN } } },
  OFTEN,
)
export const releasesQuery = api.queryOptions('get', '/api/v1/releases', { params: { query: { limit: 100 } } })
export const productsQuery = api.queryOptions('get', '/api/v1/products')
export const parkedQuery = api.queryOptions('get', '/api/v1/parked-events', undefined, OFTEN)
export const mailsQuery = api.queryOptions('get', '/api/v1/mails', undefined, OFTEN)

/** The first installations by need, as far as they need somebody. */
export function ailing(installations: (Schemas['StaffInstallation'] | Schemas['Installation'])[]) {
  return installations.filter(
    (one): one is Schemas['StaffInstallation'] => 'organisation' in one && AILING.some((word) => word === one.condition),
  )
}

export function countAiling({ byCondition }: Schemas['InstallationCounts']) {
  return AILING.reduce((sum, word) => sum + byCondition[word], 0)
}

type Permission = Schemas['Me']['permissions'][number]

/** What of the day concerns whom. */
export function concernsOf(permissions: Permission[]) {
  const may = (permission: Permission) => permissions.includes(permission)
  const rollouts = may('rollouts:steer')
  const inquiries = may('inquiries:handle')
  const installations = may('installations:manage') || may('installations:enrol')
  // Who may change nothing looks on: all that is everybody's is shown, as somebody's.
  const looksOn = !rollouts && !inquiries && !installations
  return {
    rollouts: rollouts || looksOn,
    inquiries: inquiries || looksOn,
    installations: installations || looksOn,
    drafts: may('releases:publish'),
    machinery: may('settings:manage'),
    looksOn,
  }
}
