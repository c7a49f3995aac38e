// Prints the OpenAPI document; nothing connects, the routes are only described.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '#platform/clock'
import { openDatabase } from '#platform/db'
import { silentLog } from '#platform/log'
import { createFairway } from '../fairway.ts'

const connectionString = 'postgres://nobody@127.0.0.1:1/nothing'
const dataDir = mkdtempSync(join(tmpdir(), 'fairway-openapi-'))
const database = openDatabase(connectionString, { onError: () => undefined })
const config = {
  host: '127.0.0.1',
  port: 0,
  dataDir,
  publicUrl: 'http://localhost:4600',
  trustedProxies: [],
  requestsPerMinute: 1,
  secret: 'only to describe the routes, never used',
}
const { http } = await createFairway({ config, database, connectionString, clock: systemClock, log: silentLog })
await http.ready()
process.stdout.write(`${JSON.stringify(http.swagger(), null, 2)}\n`)
await http.close()
await database.close()
rmSync(dataDir, { recursive: true })
