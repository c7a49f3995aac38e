// The yardstick of durable reports: node:http that checks as little as can be, and commits one INSERT for each request.
import { createServer } from 'node:http'
import pg from 'pg'

const pool = new pg.Pool({ connectionString: process.env.INSERT_DATABASE_URL ?? '', max: 10 })
await pool.query(`create table if not exists public.bench_report (installation_id text, report_id text, release_id text, kind text, version text,
  reason text, received_at timestamptz not null default now(), primary key (installation_id, report_id))`)
const INSERT = {
  name: 'insert',
  text: `insert into public.bench_report (installation_id, report_id, release_id, kind, version, reason) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
}

interface Report {
  reportId: string
  releaseId: string
  kind: string
  version: string | null
  reason?: string
}

const server = createServer((request, response) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => void parts.push(part))
  request.on('end', () => {
    // The bench asks nothing else.
    const [report] = (JSON.parse(Buffer.concat(parts).toString()) as { reports: [Report] }).reports
    const { reportId, releaseId, kind, version, reason = null } = report
    const installationId = (request.headers.authorization ?? '').slice(11, 30)
    pool.query({ ...INSERT, values: [installationId, reportId, releaseId, kind, version, reason] }).then(
      () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ stored: [reportId] })),
      () => response.writeHead(503).end(),
    )
  })
})
server.keepAliveTimeout = 72_000
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  console.log(`http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`)
})
process.on('SIGTERM', () => process.exit(0))
