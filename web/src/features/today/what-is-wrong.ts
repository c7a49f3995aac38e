// What is wrong with an installation, in its own words: the reason of its newest report that says so, and since when.
import { useQueries } from '@tanstack/react-query'
import { api } from '#api'
import { complaintOf } from './complaint.ts'

export function useWhatIsWrong(installationIds: string[]) {
  return useQueries({
    queries: installationIds.map((installationId) =>
      api.queryOptions('get', '/api/v1/installations/{installationId}', { params: { path: { installationId } } }),
    ),
    combine: (answers) => new Map(answers.flatMap(({ data }) => (data ? [[data.id, complaintOf(data.reports)]] : []))),
  })
}
