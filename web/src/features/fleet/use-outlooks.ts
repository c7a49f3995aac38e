// What each shown installation runs next: asked page by page; what was known before stands until the answer is there.
import { useQueries } from '@tanstack/react-query'
import { queryClient, type Schemas } from '#api'
import type { StaffInstallation } from './fleet-filter.ts'
import { outlookQuery, PAGE } from './fleet-queries.ts'
import { isStaffOutlook, type StaffOutlook } from './outlook-words.ts'

export function useOutlooks(rows: StaffInstallation[]): ReadonlyMap<string, StaffOutlook> {
  const ids = rows.filter(({ state }) => state === 'active').map(({ id }) => id)
  const pages = Array.from({ length: Math.ceil(ids.length / PAGE) }, (_, at) => ids.slice(at * PAGE, (at + 1) * PAGE))
  const answers = useQueries({ queries: pages.map(outlookQuery) })
  const told = [...toldBefore(), ...answers.map(({ data }) => data)].flatMap((list) => list?.items ?? [])
  return new Map(told.filter(isStaffOutlook).map((outlook) => [outlook.installationId, outlook]))
}

/** Oldest first. Another order of the rows makes other pages, for which there is no answer yet. */
function toldBefore() {
  return queryClient
    .getQueryCache()
    .findAll({ queryKey: ['get', '/api/v1/outlooks'] })
    .toSorted((a, b) => a.state.dataUpdatedAt - b.state.dataUpdatedAt)
    .map(({ state }) => state.data as Schemas['OutlookList'] | undefined)
}
