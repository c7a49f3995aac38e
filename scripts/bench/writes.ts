// Durable writes per second: what installations report, in groups, and writes of the size of a webhook, one transaction each.
import { randomUUID } from 'node:crypto'
import autocannon from 'autocannon'
import type { Figure } from './figure.ts'
import type { Stage } from './stage.ts'

const SECONDS = 5
/** The median of 329 real payloads of a forge was 7.7 KB (research: delivery §4). */
const WEBHOOK_BYTES = 7700
const INQUIRIES = 64

export async function measureWrites(stage: Stage): Promise<Figure[]> {
  const reports = await measureReports(stage)
  const writes = await measureMessages(stage)
  return [
    { name: 'reports of installations, durable', value: reports, unit: '/s' },
    { name: 'webhook-size writes, durable', value: writes, unit: '/s' },
  ]
}

async function measureReports({ server, tokens }: Stage) {
  const url = server.replace('localhost', '127.0.0.1')
  const requests = tokens.map((token) => ({
    method: 'POST' as const,
    path: '/updates/v1/reports',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    setupRequest: (request: autocannon.Request) => ({
      ...request,
      body: JSON.stringify({ reports: [{ reportId: randomUUID(), releaseId: 're_bench', kind: 'downloaded', version: null }] }),
    }),
  }))
  return perSecond(await autocannon({ url, connections: 64, duration: SECONDS, requests }))
}

/** Notes of many inquiries: on one alone they would wait for its row. */
async function measureMessages({ server, admin, organisationId }: Stage) {
  const url = server.replace('localhost', '127.0.0.1')
  const { token } = await admin.call<{ token: string }>('POST', '/tokens', { name: 'bench', scopes: ['read', 'inquiries:write'] })
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  const body = JSON.stringify({ text: 'x'.repeat(WEBHOOK_BYTES) })
  const wish = { organisationId, kind: 'question', title: 'Bench', text: 'Bench' }
  const inquiries = await Promise.all(
    Array.from({ length: INQUIRIES }, () => admin.call<{ id: string }>('POST', '/inquiries', wish)),
  )
  const requests = inquiries.map(({ id }) => ({ method: 'POST' as const, path: `/api/v1/inquiries/${id}/notes`, headers, body }))
  return perSecond(await autocannon({ url, connections: 16, duration: SECONDS, requests }))
}

function perSecond({ requests, non2xx, errors }: autocannon.Result) {
  if (non2xx > 0 || errors > 0) throw new Error(`${non2xx} answers were no success, ${errors} requests failed.`)
  return requests.average
}
