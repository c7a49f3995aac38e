// The five steps of a first run, judged by what is really there.
import { useQueries, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { api, everyCustomerQuery } from '#api'
import type { Schemas } from '#api'
import { installationCountsQuery, needyInstallationsQuery, productsQuery, releasesQuery, rolloutsQuery } from './today-queries.ts'

export const STEPS = ['product', 'release', 'customer', 'rollout', 'installation'] as const
export type StepName = (typeof STEPS)[number]
/** More are not looked at: by then the first run is long over. */
const CUSTOMERS = 5

const membersQuery = (organisationId: string) =>
  api.queryOptions('get', '/api/v1/organisations/{organisationId}/members', {
    params: { path: { organisationId }, query: { limit: 1 } },
  })
const entitlementsQuery = (organisationId: string) =>
  api.queryOptions('get', '/api/v1/organisations/{organisationId}/entitlements', { params: { path: { organisationId } } })

export interface Found {
  product: Schemas['Product'] | undefined
  release: Schemas['ReleasePage']['items'][number] | undefined
  draft: Schemas['ReleasePage']['items'][number] | undefined
  customer: { organisation: Schemas['Organisation']; isEntitled: boolean; hasMember: boolean } | undefined
  rollout: Schemas['Rollout'] | undefined
  installation: Schemas['InstallationPage']['items'][number] | undefined
}

export function useFound(): Found {
  const product = useSuspenseQuery(productsQuery).data.items[0]
  const releases = useSuspenseQuery(releasesQuery).data.items
  const rollout = useSuspenseQuery(rolloutsQuery).data.items.at(-1)
  const installations = useSuspenseQuery(needyInstallationsQuery).data.items
  return {
    product,
    release: releases.findLast(({ state }) => state !== 'draft'),
    draft: releases.find(({ state }) => state === 'draft'),
    customer: useFurthestCustomer(),
    rollout,
    // The one that got furthest: by need, the healthy ones stand last.
    installation: installations.findLast(({ releaseId }) => releaseId !== null) ?? installations.at(-1),
  }
}

function useFurthestCustomer(): Found['customer'] {
  const organisations = (useQuery(everyCustomerQuery).data ?? [])
    .filter(({ archivedAt }) => archivedAt === null)
    .slice(0, CUSTOMERS)
  const members = useQueries({ queries: organisations.map(({ id }) => membersQuery(id)) })
  const entitlements = useQueries({ queries: organisations.map(({ id }) => entitlementsQuery(id)) })
  const judged = organisations.map((organisation, at) => ({
    organisation,
    isEntitled: (entitlements[at]?.data?.items.length ?? 0) > 0,
    hasMember: (members[at]?.data?.items.length ?? 0) > 0,
  }))
  const far = ({ isEntitled, hasMember }: (typeof judged)[number]) => Number(isEntitled) + Number(hasMember)
  return judged.toSorted((a, b) => far(b) - far(a))[0]
}

export function isDone(step: StepName, { product, release, customer, rollout, installation }: Found) {
  if (step === 'product') return product !== undefined
  if (step === 'release') return release !== undefined
  if (step === 'customer') return customer?.isEntitled === true && customer.hasMember
  if (step === 'rollout') return rollout !== undefined
  return installation?.releaseId !== null && installation !== undefined
}

export function useSetUp() {
  const found = useFound()
  const { total } = useSuspenseQuery(installationCountsQuery).data
  const done = STEPS.filter((step) => isDone(step, found))
  const next = STEPS.find((step) => !done.includes(step))
  return { found, done, next, total }
}
