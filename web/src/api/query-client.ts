// The cache of answers: fresh by live updates, patient with a server that is away, anew after every change of ours.
import { MutationCache, QueryClient } from '@tanstack/react-query'
import { problemOf } from './problem.ts'

export const queryClient: QueryClient = new QueryClient({
  // Whatever we changed may show on any screen; only what is looked at is asked for again.
  mutationCache: new MutationCache({ onSuccess: () => void queryClient.invalidateQueries() }),
  defaultOptions: {
    queries: {
      // Live updates say what changed; this is for what they do not tell (when an installation was last heard).
      staleTime: 30_000,
      retry: (failures, error) => failures < 2 && [0, 502, 503, 504].includes(problemOf(error).status),
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
})
