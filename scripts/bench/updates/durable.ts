// Durable reports a second, ours in groups, beside one INSERT for each request on the same PostgreSQL.
import { join } from 'node:path'
import { startProgram, stopProgram } from '../../demo/processes.ts'
import { databaseUrl, tokenOf, withDatabase } from './crowd.ts'
import { load, type Load, NEW_ID, type Target } from './load.ts'
import { firstLine } from './peers.ts'
import type { Platform } from './vendor.ts'

const ROUNDS = 3
/** Enough that nobody waits for the generator: each connection waits for a disk. */
const CONNECTIONS = 256
const SECONDS = 5

export async function measureDurable(platform: Platform, folder: string): Promise<{ ours: Load; single: Load }[]> {
  const url = databaseUrl(platform.folder)
  await withDatabase(url, async (client) => {
    const { rows } = await client.query<{ fsync: string }>('show fsync')
    if (rows[0]?.fsync !== 'on') throw new Error('PostgreSQL does not wait for the disk here.')
  })
  const child = startProgram({
    script: 'scripts/bench/updates/insert-server.ts',
    env: { INSERT_DATABASE_URL: url },
    log: join(folder, 'insert.log'),
  })
  const kept = Array.from({ length: 5000 }, (_, number) => tokenOf(number, 1))
  const report = { reportId: NEW_ID, releaseId: 're_bench', kind: 'downloaded', version: null }
  const ours: Target = {
    name: 'reports',
    url: platform.url,
    pids: [platform.pid],
    method: 'POST',
    path: '/updates/v1/reports',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reports: [report] }),
    tokens: { kept, fresh: kept },
  }
  const single: Target = { ...ours, name: 'one INSERT a request', url: await firstLine(child), pids: [child.pid ?? 0] }
  const wish = { folder, seconds: SECONDS, connections: CONNECTIONS }
  const rounds = []
  for (const target of [ours, single]) await load(target, { ...wish, seconds: 2 })
  for (let round = 0; round < ROUNDS; round += 1) rounds.push({ ours: await load(ours, wish), single: await load(single, wish) })
  await stopProgram(child)
  return rounds
}
