// How many things need the person: the number in the sentence at the top.
import { useQuery, useSuspenseQuery } from '@tanstack/react-query'
import { waitingRollouts } from '#api'
import {
  type concernsOf,
  countAiling,
  installationCountsQuery,
  inquiryCountsQuery,
  mailsQuery,
  parkedQuery,
  releasesQuery,
  rolloutsQuery,
} from './today-queries.ts'

export function useNeedCount(concerns: ReturnType<typeof concernsOf>) {
  const rollouts = useSuspenseQuery(rolloutsQuery).data
  const inquiries = useSuspenseQuery(inquiryCountsQuery).data
  const installations = useSuspenseQuery(installationCountsQuery).data
  const releases = useSuspenseQuery(releasesQuery).data
  const { data: parked } = useQuery({ ...parkedQuery, enabled: concerns.machinery })
  const { data: mails } = useQuery({ ...mailsQuery, enabled: concerns.machinery })
  const counts = [
    concerns.rollouts && waitingRollouts(rollouts.items).length,
    concerns.inquiries && inquiries.view === 'staff' && inquiries.new + inquiries.withUs,
    concerns.installations && countAiling(installations),
    concerns.drafts && releases.items.filter(({ state }) => state === 'draft').length,
    concerns.machinery && isAny(parked?.items.some(({ state }) => state === 'parked')),
    concerns.machinery && isAny(mails?.items.some(({ state }) => state === 'failed')),
  ]
  return counts.reduce((sum: number, count) => sum + Number(count), 0)
}

/** However many are stuck, it is one thing to look at. */
const isAny = (any: boolean | undefined) => (any ? 1 : 0)
