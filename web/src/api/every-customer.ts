// All customers, for choices and filters: a select needs every one of them, not a page.
import { queryOptions } from '@tanstack/react-query'
import type { Schemas } from '@fairway/client'
import { client } from './client.ts'

export const everyCustomerQuery = queryOptions({
  // As the lists have it, so that live updates find it by its path.
  queryKey: ['get', '/api/v1/organisations', 'every'],
  async queryFn({ signal }) {
    const all: Schemas['Organisation'][] = []
    for (let after: string | undefined; ;) {
      const query = { limit: 100, ...(after === undefined ? {} : { after }) }
      const { data, error } = await client.GET('/api/v1/organisations', { params: { query }, signal })
      if (!data) throw error
      all.push(...data.items)
      if (data.next === null) return all
      after = data.next
    }
  },
})
