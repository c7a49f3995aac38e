// Opens identity alone for its stories: its doors on a database of its own, without the other modules.
import { inject as provided } from 'vitest'
import pg from 'pg'
import { createIdentity, identityWords } from '#identity'
import { openDatabase } from '#platform/db'
import { createHttp } from '#platform/http'
import { repeatOnce } from '#platform/http/idempotency'
import { newId } from '#platform/ids'
import { createJobs } from '#platform/jobs'
import { silentLog } from '#platform/log'
import { createMail } from '#platform/mail'
import { createSecrets } from '#platform/secrets'
import { createWords } from '#platform/words'

export const ORIGIN = 'http://localhost:4600'

export async function openIdentity({ publicUrl = ORIGIN }: { publicUrl?: string } = {}) {
  const admin = provided('databaseUrl')
  const name = newId('story')
  await runSql(admin, `create database ${name} template ${provided('templateName')}`)
  const url = new URL(admin)
  url.pathname = `/${name}`
  const connectionString = url.toString()
  const database = openDatabase(connectionString, { max: 8, onError: () => undefined })
  const { db } = database
  // The database is dropped while its connections still close.
  database.pool.on('connect', (client) => client.on('error', () => undefined))
  let movedMs = 0
  const clock = { now: () => new Date(Date.now() + movedMs), advance: (ms: number) => void (movedMs += ms) }
  const secrets = createSecrets('a secret of thirty-two characters, only for tests')
  const mail = createMail({
    db,
    jobs: createJobs({ connectionString, log: silentLog }),
    secrets,
    clock,
    log: silentLog,
    from: 'fairway@localhost',
  })
  const words = createWords({ identity: identityWords })
  const deps = { db, clock, secrets, mail, words, log: silentLog, publicUrl, permissionsOf: () => [] }
  const http = await createHttp({ publicUrl, trustedProxies: [] })
  const identity = createIdentity(deps)
  identity.authenticate(http)
  repeatOnce(http, { db, clock })
  http.get('/api/v1/probe', {}, ({ actor, scopes, sessionKey, caller }) => ({ actor, scopes, sessionKey, caller }))
  http.post('/api/v1/probe', { config: { scope: 'fleet:write' } }, ({ actor }) => ({ actor }))
  http.delete('/api/v1/probe', {}, ({ actor }) => ({ actor }))
  http.get('/api/v1/open', { config: { access: 'public' } }, ({ actor }) => ({ actor }))
  await identity.routes(http)
  await http.ready()
  const close = async () => {
    await http.close()
    await database.close()
    await runSql(admin, `drop database if exists ${name} with (force)`)
  }
  return { http, identity, db, clock, mail, deps, connectionString, close }
}

export type TestIdentity = Awaited<ReturnType<typeof openIdentity>>

async function runSql(connectionString: string, sql: string) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
