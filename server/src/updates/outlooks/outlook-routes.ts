// The door at which people hear what their installations run next, and why not now.
import type { Http } from '#platform/http'
import type { ProtocolDeps } from '../deps.ts'
import { createCensus } from './census.ts'
import { OutlookList, OutlookQuery } from './outlook-schemas.ts'
import { showOutlooks } from './show-outlooks.ts'

export function outlookRoutes(http: Http, { fleet, clock, snapshot }: Pick<ProtocolDeps, 'fleet' | 'clock' | 'snapshot'>) {
  const parts = { fleet, snapshot, census: createCensus({ fleet, clock }) }

  http.get(
    '/api/v1/outlooks',
    { schema: { operationId: 'listOutlooks', querystring: OutlookQuery, response: { 200: OutlookList } } },
    async ({ actor, query }) => ({ items: await showOutlooks(parts, actor, query.installationIds.split(',')) }),
  )
}
