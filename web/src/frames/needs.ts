// How many things wait for a person, for the counts of the navigation.
import { useQuery } from '@tanstack/react-query'
import { api, waitingRollouts } from '#api'

export function useNeeds() {
  const { data: rollouts } = useQuery(api.queryOptions('get', '/api/v1/rollouts', { params: { query: { limit: 100 } } }))
  const { data: inquiries } = useQuery(api.queryOptions('get', '/api/v1/inquiry-counts'))
  return {
    rollouts: rollouts && waitingRollouts(rollouts.items).length,
    inbox: inquiries?.view === 'staff' ? inquiries.new + inquiries.withUs : undefined,
  }
}
